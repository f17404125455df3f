<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>Settings</name>
    <message numerus="yes">
        <source>After %n hour(s)</source>
        <translation>
            <numerusform>After %n hour</numerusform>
            <numerusform>After %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n minute(s)</source>
        <translation>
            <numerusform>After %n minute</numerusform>
            <numerusform>After %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::AnswerView</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::Composer</name>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::ConversationPanel</name>
    <message numerus="yes">
        <source>%Ln turn(s)</source>
        <translation>
            <numerusform>%Ln turn</numerusform>
            <numerusform>%Ln turns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::CreatePanel</name>
    <message numerus="yes">
        <source>%Ln word(s)</source>
        <translation>
            <numerusform>%Ln word</numerusform>
            <numerusform>%Ln words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln token(s)</source>
        <translation>
            <numerusform>about %Ln token</numerusform>
            <numerusform>about %Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::FolderFacts</name>
    <message numerus="yes">
        <source>All %n listed file(s) match their hash.</source>
        <translation>
            <numerusform>The listed file matches its hash.</numerusform>
            <numerusform>All %n listed files match their hash.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::FolderList</name>
    <message numerus="yes">
        <source>%n file(s) missing</source>
        <translation>
            <numerusform>%n file missing</numerusform>
            <numerusform>%n files missing</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::Gallery</name>
    <message numerus="yes">
        <source>%Ln picture(s) are in the trash.</source>
        <translation>
            <numerusform>%Ln picture is in the trash.</numerusform>
            <numerusform>%Ln pictures are in the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are back.</source>
        <translation>
            <numerusform>%Ln picture is back.</numerusform>
            <numerusform>%Ln pictures are back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are deleted.</source>
        <translation>
            <numerusform>%Ln picture is deleted.</numerusform>
            <numerusform>%Ln pictures are deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are exported to %1.</source>
        <translation>
            <numerusform>%Ln picture is exported to %1.</numerusform>
            <numerusform>%Ln pictures are exported to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are imported.</source>
        <translation>
            <numerusform>%Ln picture is imported.</numerusform>
            <numerusform>%Ln pictures are imported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are left out: they hold no recipe of this program.</source>
        <translation>
            <numerusform>%Ln file is left out: it holds no recipe of this program.</numerusform>
            <numerusform>%Ln files are left out: they hold no recipe of this program.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) have a star.</source>
        <translation>
            <numerusform>%Ln picture has a star.</numerusform>
            <numerusform>%Ln pictures have a star.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) have no star.</source>
        <translation>
            <numerusform>%Ln picture has no star.</numerusform>
            <numerusform>%Ln pictures have no star.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::GalleryPage</name>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::GalleryPanel</name>
    <message numerus="yes">
        <source>%Ln picture(s) are chosen.</source>
        <translation>
            <numerusform>%Ln picture is chosen.</numerusform>
            <numerusform>%Ln pictures are chosen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::JobLine</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::LogPage</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln line</numerusform>
            <numerusform>%Ln lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::PictureView</name>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::QueueList</name>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::RecipePanel</name>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
</context>
</TS>
