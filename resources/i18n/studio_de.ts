<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_US">
<context>
    <name>Actions</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Arbeit</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Edit and compare</source>
        <translation>Bearbeiten und vergleichen</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Ask about pictures and anything else</source>
        <translation>Nach Bildern und allem anderen fragen</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Erstellen</translation>
    </message>
    <message>
        <source>Draw a picture from words</source>
        <translation>Ein Bild nach Worten zeichnen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Change a picture by marks and words</source>
        <translation>Ein Bild mit Markierungen und Worten ändern</translation>
    </message>
    <message>
        <source>See every picture that was kept</source>
        <translation>Alle aufbewahrten Bilder ansehen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Look at two pictures and at what differs</source>
        <translation>Zwei Bilder ansehen und was sich unterscheidet</translation>
    </message>
    <message>
        <source>Run this page</source>
        <translation>Diese Seite ausführen</translation>
    </message>
    <message>
        <source>Send the question, draw, or propose an edit</source>
        <translation>Frage senden, zeichnen oder eine Änderung vorschlagen</translation>
    </message>
    <message>
        <source>Run first</source>
        <translation>Zuerst ausführen</translation>
    </message>
    <message>
        <source>Draw before everything that waits</source>
        <translation>Vor allem zeichnen, was wartet</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the running job; on the Edit page also leave the tool</source>
        <translation>Laufenden Auftrag stoppen; auf der Seite Bearbeiten auch das Werkzeug verlassen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take back the last step, bring back what was deleted last</source>
        <translation>Letzten Schritt zurücknehmen, zuletzt Gelöschtes zurückholen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>Zurückgenommenes wiederholen</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send the question</source>
        <translation>Frage senden</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>Neue Zeile</translation>
    </message>
    <message>
        <source>Start a line in the question</source>
        <translation>In der Frage eine neue Zeile beginnen</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Start a new conversation</source>
        <translation>Eine neue Unterhaltung beginnen</translation>
    </message>
    <message>
        <source>Attach a picture...</source>
        <translation>Bild anhängen …</translation>
    </message>
    <message>
        <source>Attach pictures to the question</source>
        <translation>Bilder an die Frage anhängen</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>Bild einfügen</translation>
    </message>
    <message>
        <source>Attach the clipboard&apos;s picture to the question, or edit it</source>
        <translation>Das Bild der Zwischenablage an die Frage anhängen oder bearbeiten</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Neu antworten</translation>
    </message>
    <message>
        <source>Write the last answer, or draw the last picture, once more</source>
        <translation>Die letzte Antwort neu schreiben oder das letzte Bild neu zeichnen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the conversations</source>
        <translation>Unterhaltungen durchsuchen</translation>
    </message>
    <message>
        <source>Rename the conversation</source>
        <translation>Unterhaltung umbenennen</translation>
    </message>
    <message>
        <source>Give the open conversation another name</source>
        <translation>Der offenen Unterhaltung einen anderen Namen geben</translation>
    </message>
    <message>
        <source>Delete the conversation</source>
        <translation>Unterhaltung löschen</translation>
    </message>
    <message>
        <source>Delete the open conversation; undo brings it back</source>
        <translation>Die offene Unterhaltung löschen; Rückgängig holt sie zurück</translation>
    </message>
    <message>
        <source>Export the conversation...</source>
        <translation>Unterhaltung exportieren …</translation>
    </message>
    <message>
        <source>Write the open conversation as Markdown, web page or JSON</source>
        <translation>Die offene Unterhaltung als Markdown, Webseite oder JSON schreiben</translation>
    </message>
    <message>
        <source>Import a conversation...</source>
        <translation>Unterhaltung importieren …</translation>
    </message>
    <message>
        <source>Read a conversation that was exported as JSON</source>
        <translation>Eine als JSON exportierte Unterhaltung einlesen</translation>
    </message>
    <message>
        <source>Choose Ask, Draw or Edit by the words</source>
        <translation>Fragen, Zeichnen oder Ändern nach den Worten wählen</translation>
    </message>
    <message>
        <source>Switch the automatic choice on or off</source>
        <translation>Die automatische Wahl ein- oder ausschalten</translation>
    </message>
    <message>
        <source>Earlier prompt</source>
        <translation>Früherer Prompt</translation>
    </message>
    <message>
        <source>Go back to the prompt before</source>
        <translation>Zum Prompt davor gehen</translation>
    </message>
    <message>
        <source>Later prompt</source>
        <translation>Späterer Prompt</translation>
    </message>
    <message>
        <source>Go on to the prompt after</source>
        <translation>Zum Prompt danach gehen</translation>
    </message>
    <message>
        <source>Save PNG...</source>
        <translation>PNG speichern …</translation>
    </message>
    <message>
        <source>Save the picture with its recipe inside</source>
        <translation>Das Bild mit seinem Rezept darin speichern</translation>
    </message>
    <message>
        <source>Save PNG without metadata...</source>
        <translation>PNG ohne Metadaten speichern …</translation>
    </message>
    <message>
        <source>Save the pixels without recipe and other metadata</source>
        <translation>Die Pixel ohne Rezept und andere Metadaten speichern</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy the picture with its recipe</source>
        <translation>Das Bild mit seinem Rezept kopieren</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Fit the picture into the window</source>
        <translation>Das Bild ins Fenster einpassen</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>Originalgröße</translation>
    </message>
    <message>
        <source>Show one pixel of the picture as one of the screen</source>
        <translation>Ein Bildpixel als ein Bildschirmpixel zeigen</translation>
    </message>
    <message>
        <source>Open a picture...</source>
        <translation>Bild öffnen …</translation>
    </message>
    <message>
        <source>Open a picture to edit, or pictures to compare</source>
        <translation>Ein Bild zum Bearbeiten oder Bilder zum Vergleichen öffnen</translation>
    </message>
    <message>
        <source>Export the session...</source>
        <translation>Sitzung exportieren …</translation>
    </message>
    <message>
        <source>Write the editing session into one file</source>
        <translation>Die Bearbeitungssitzung in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Mark with the brush</source>
        <translation>Mit dem Pinsel markieren</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Take the mark away</source>
        <translation>Markierung wegnehmen</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>Kleinerer Pinsel</translation>
    </message>
    <message>
        <source>Make the brush smaller</source>
        <translation>Pinsel verkleinern</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>Größerer Pinsel</translation>
    </message>
    <message>
        <source>Make the brush larger</source>
        <translation>Pinsel vergrößern</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>Swap brush and eraser; on the Compare page left and right</source>
        <translation>Pinsel und Radierer tauschen; auf der Seite Vergleichen links und rechts</translation>
    </message>
    <message>
        <source>Turn the mark around</source>
        <translation>Markierung umkehren</translation>
    </message>
    <message>
        <source>Mark what is not marked, and the other way round</source>
        <translation>Markieren, was nicht markiert ist, und umgekehrt</translation>
    </message>
    <message>
        <source>Before, while held</source>
        <translation>Vorher, solange gedrückt</translation>
    </message>
    <message>
        <source>Show the picture before the change; on the Compare page the other picture</source>
        <translation>Das Bild vor der Änderung zeigen; auf der Seite Vergleichen das andere Bild</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Bewegen</translation>
    </message>
    <message>
        <source>Go from picture to picture</source>
        <translation>Von Bild zu Bild gehen</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Give the chosen pictures a star, or take it</source>
        <translation>Den gewählten Bildern einen Stern geben oder nehmen</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In Papierkorb</translation>
    </message>
    <message>
        <source>Put the chosen pictures into the trash</source>
        <translation>Die gewählten Bilder in den Papierkorb legen</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>Alle wählen</translation>
    </message>
    <message>
        <source>Choose every picture that is shown</source>
        <translation>Jedes gezeigte Bild wählen</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>Ähnliche Bilder</translation>
    </message>
    <message>
        <source>Show the pictures most like the chosen one</source>
        <translation>Die Bilder zeigen, die dem gewählten am ähnlichsten sind</translation>
    </message>
    <message>
        <source>Keep tokens in pictures</source>
        <translation>Token in Bildern behalten</translation>
    </message>
    <message>
        <source>New pictures hold what they were painted from, so that they can be repainted</source>
        <translation>Neue Bilder enthalten, woraus sie gemalt wurden, damit sie neu gemalt werden können</translation>
    </message>
    <message>
        <source>Load a model...</source>
        <translation>Modell laden …</translation>
    </message>
    <message>
        <source>Load another model folder</source>
        <translation>Einen anderen Modellordner laden</translation>
    </message>
    <message>
        <source>Settings...</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Change theme, size, language and what the program does by itself</source>
        <translation>Design, Größe, Sprache und was das Programm von selbst tut ändern</translation>
    </message>
    <message>
        <source>Change dark and light</source>
        <translation>Dunkel und Hell wechseln</translation>
    </message>
    <message>
        <source>Change between the dark and the light theme</source>
        <translation>Zwischen dunklem und hellem Design wechseln</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Show the last lines of the program&apos;s log</source>
        <translation>Die letzten Zeilen des Programmprotokolls zeigen</translation>
    </message>
    <message>
        <source>Copy a report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Copy versions, model, settings and last errors, without prompts, names and paths</source>
        <translation>Versionen, Modell, Einstellungen und letzte Fehler kopieren, ohne Prompts, Namen und Pfade</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Show every key</source>
        <translation>Alle Tasten zeigen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>Das Programm schließen</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>This is too long: the model takes %L1 tokens and would refuse. Delete turns, use smaller pictures or start a new chat.</source>
        <translation>Das ist zu lang: Das Modell nimmt %L1 Token und würde ablehnen. Löschen Sie Beiträge, nehmen Sie kleinere Bilder oder beginnen Sie einen neuen Chat.</translation>
    </message>
    <message>
        <source>Nearly full: the answer ends after about %L1 tokens. Delete turns or start a new chat to make room.</source>
        <translation>Fast voll: Die Antwort endet nach etwa %L1 Token. Löschen Sie Beiträge oder beginnen Sie einen neuen Chat, um Platz zu schaffen.</translation>
    </message>
</context>
<context>
    <name>CreateForm</name>
    <message>
        <source>paint guidance %1</source>
        <translation>Mal-Guidance %1</translation>
    </message>
    <message>
        <source>the sampler %1</source>
        <translation>den Sampler %1</translation>
    </message>
    <message>
        <source>%1 paint steps</source>
        <translation>%1 Malschritte</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 Pixel</translation>
    </message>
    <message>
        <source>This model does not offer %1; its own setting stays.</source>
        <translation>Dieses Modell bietet %1 nicht an; seine eigene Einstellung bleibt.</translation>
    </message>
    <message>
        <source>This model does not draw.</source>
        <translation>Dieses Modell zeichnet nicht.</translation>
    </message>
    <message>
        <source>Write what to draw.</source>
        <translation>Schreiben Sie, was gezeichnet werden soll.</translation>
    </message>
    <message>
        <source>The seed must be a whole number from 0 to 18446744073709551615.</source>
        <translation>Der Seed muss eine ganze Zahl von 0 bis 18446744073709551615 sein.</translation>
    </message>
    <message>
        <source>This model does not paint in %1 steps.</source>
        <translation>Dieses Modell malt nicht in %1 Schritten.</translation>
    </message>
    <message>
        <source>This model paints only pictures of %1 × %2 pixels.</source>
        <translation>Dieses Modell malt nur Bilder mit %1 × %2 Pixeln.</translation>
    </message>
    <message>
        <source>No side may be longer than %1 pixels.</source>
        <translation>Keine Seite darf länger als %1 Pixel sein.</translation>
    </message>
    <message>
        <source>Both sides must be multiples of %1 pixels.</source>
        <translation>Beide Seiten müssen Vielfache von %1 Pixeln sein.</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>bild</translation>
    </message>
</context>
<context>
    <name>EditForm</name>
    <message>
        <source>Choose a side and how far it grows.</source>
        <translation>Wählen Sie eine Seite und wie weit sie wächst.</translation>
    </message>
    <message>
        <source>One pass extends a side by at most %1 pixels, half of the picture; go further in a second pass.</source>
        <translation>Ein Durchgang erweitert eine Seite um höchstens %1 Pixel, das halbe Bild; weiter geht es in einem zweiten Durchgang.</translation>
    </message>
    <message>
        <source>A picture of %1 × %2 pixels is too large.</source>
        <translation>Ein Bild mit %1 × %2 Pixeln ist zu groß.</translation>
    </message>
    <message>
        <source>a touch</source>
        <translation>ein Hauch</translation>
    </message>
    <message>
        <source>a little</source>
        <translation>ein wenig</translation>
    </message>
    <message>
        <source>clearly</source>
        <translation>deutlich</translation>
    </message>
    <message>
        <source>mostly</source>
        <translation>größtenteils</translation>
    </message>
    <message>
        <source>all of it</source>
        <translation>ganz</translation>
    </message>
    <message>
        <source>This model cannot change a picture in this way.</source>
        <translation>Dieses Modell kann ein Bild so nicht ändern.</translation>
    </message>
    <message>
        <source>Mark what should be repainted.</source>
        <translation>Markieren Sie, was neu gemalt werden soll.</translation>
    </message>
    <message>
        <source>Write what to change.</source>
        <translation>Schreiben Sie, was sich ändern soll.</translation>
    </message>
    <message>
        <source>Choose the picture to blend with.</source>
        <translation>Wählen Sie das Bild, mit dem gemischt wird.</translation>
    </message>
    <message>
        <source>The strength must be above 0 and at most 1.</source>
        <translation>Die Stärke muss über 0 und höchstens 1 sein.</translation>
    </message>
    <message>
        <source>The number of results must be from 1 to %1.</source>
        <translation>Die Zahl der Ergebnisse muss von 1 bis %1 sein.</translation>
    </message>
    <message>
        <source>A film has at least two pictures.</source>
        <translation>Ein Film hat mindestens zwei Bilder.</translation>
    </message>
    <message>
        <source>The mask grows and fades by at most %1 pixels.</source>
        <translation>Die Maske wächst und verläuft um höchstens %1 Pixel.</translation>
    </message>
    <message>
        <source>The seed must be a whole number from 0 to 18446744073709551615.</source>
        <translation>Der Seed muss eine ganze Zahl von 0 bis 18446744073709551615 sein.</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message numerus="yes">
        <source>After %n hour(s)</source>
        <translation>
            <numerusform>Nach %n Stunde</numerusform>
            <numerusform>Nach %n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n minute(s)</source>
        <translation>
            <numerusform>Nach %n Minute</numerusform>
            <numerusform>Nach %n Minuten</numerusform>
        </translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>dark light colours appearance night mode</source>
        <translation>dunkel hell Farben Aussehen Nachtmodus Thema</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Size of everything</source>
        <translation>Größe von allem</translation>
    </message>
    <message>
        <source>scale zoom font text spacing larger smaller</source>
        <translation>Skalierung Zoom Schrift Text Abstände größer kleiner</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Wirkt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>language locale English German Chinese translation</source>
        <translation>Sprache Englisch Deutsch Chinesisch Übersetzung</translation>
    </message>
    <message>
        <source>Models answer in the languages they know.</source>
        <translation>Modelle antworten in den Sprachen, die sie können.</translation>
    </message>
    <message>
        <source>Give memory back</source>
        <translation>Speicher zurückgeben</translation>
    </message>
    <message>
        <source>idle unload RAM GPU minutes free</source>
        <translation>Leerlauf entladen RAM GPU Minuten frei</translation>
    </message>
    <message>
        <source>Without work for so long, the model leaves the memory; the next job loads it again.</source>
        <translation>Nach dieser Zeit ohne Arbeit verlässt das Modell den Speicher; der nächste Auftrag lädt es wieder.</translation>
    </message>
    <message>
        <source>Choose Ask, Draw or Edit by the words</source>
        <translation>Fragen, Zeichnen oder Ändern nach den Worten wählen</translation>
    </message>
    <message>
        <source>automatic intent auto sending</source>
        <translation>automatisch Absicht Auto senden</translation>
    </message>
    <message>
        <source>The choice shows before it runs, and one click changes it.</source>
        <translation>Die Wahl ist vorher zu sehen, und ein Klick ändert sie.</translation>
    </message>
    <message>
        <source>Keep tokens in new pictures</source>
        <translation>Token in neuen Bildern behalten</translation>
    </message>
    <message>
        <source>recipe metadata PNG repaint file size</source>
        <translation>Rezept Metadaten PNG neu malen Dateigröße</translation>
    </message>
    <message>
        <source>With them a picture can be repainted, and its file is larger.</source>
        <translation>Mit ihnen kann ein Bild neu gemalt werden, und seine Datei ist größer.</translation>
    </message>
</context>
<context>
    <name>b3o::AnswerText</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>Code kopieren</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
</context>
<context>
    <name>b3o::AnswerView</name>
    <message>
        <source>Waiting for the running job</source>
        <translation>Wartet auf den laufenden Auftrag</translation>
    </message>
    <message>
        <source>Reading the question</source>
        <translation>Liest die Frage</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln Token</numerusform>
            <numerusform>%Ln Token</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Neu antworten</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>Antwort kopieren</translation>
    </message>
</context>
<context>
    <name>b3o::AttachmentChip</name>
    <message>
        <source>reading</source>
        <translation>wird gelesen</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>b3o::Canvas</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>The plan: one colour a token, colours are a projection</source>
        <translation>Der Plan: eine Farbe je Token; die Farben sind eine Projektion</translation>
    </message>
</context>
<context>
    <name>b3o::ChatCheck</name>
    <message>
        <source>The model checks its own picture: %1</source>
        <translation>Das Modell prüft sein eigenes Bild: %1</translation>
    </message>
</context>
<context>
    <name>b3o::ChatPage</name>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>Kein Modell ist geladen</translation>
    </message>
    <message>
        <source>Load a model folder to ask and to draw.</source>
        <translation>Laden Sie einen Modellordner, um zu fragen und zu zeichnen.</translation>
    </message>
    <message>
        <source>Load a model</source>
        <translation>Modell laden</translation>
    </message>
    <message>
        <source>This model does not chat</source>
        <translation>Dieses Modell chattet nicht</translation>
    </message>
    <message>
        <source>It draws: describe a picture below, or go to Create.</source>
        <translation>Es zeichnet: Beschreiben Sie unten ein Bild, oder gehen Sie zu Erstellen.</translation>
    </message>
    <message>
        <source>Ask about the picture</source>
        <translation>Fragen Sie nach dem Bild</translation>
    </message>
    <message>
        <source>Or say what should be different in it.</source>
        <translation>Oder sagen Sie, was darin anders sein soll.</translation>
    </message>
    <message>
        <source>What is in this picture?</source>
        <translation>Was ist auf diesem Bild?</translation>
    </message>
    <message>
        <source>How many things do you see, and which colours are they?</source>
        <translation>Wie viele Dinge siehst du, und welche Farben haben sie?</translation>
    </message>
    <message>
        <source>Describe the picture in one sentence.</source>
        <translation>Beschreibe das Bild in einem Satz.</translation>
    </message>
    <message>
        <source>Ask or draw something</source>
        <translation>Fragen oder zeichnen Sie etwas</translation>
    </message>
    <message>
        <source>Ask something</source>
        <translation>Fragen Sie etwas</translation>
    </message>
    <message>
        <source>Drop or paste a picture to ask about it.</source>
        <translation>Ziehen Sie ein Bild herein oder fügen Sie eines ein, um danach zu fragen.</translation>
    </message>
    <message>
        <source>Name three animals that live in the sea.</source>
        <translation>Nenne drei Tiere, die im Meer leben.</translation>
    </message>
    <message>
        <source>Explain in two sentences why the sky is blue.</source>
        <translation>Erkläre in zwei Sätzen, warum der Himmel blau ist.</translation>
    </message>
    <message>
        <source>Write two lines about a lighthouse at night.</source>
        <translation>Schreibe zwei Zeilen über einen Leuchtturm bei Nacht.</translation>
    </message>
    <message>
        <source>Attach pictures</source>
        <translation>Bilder anhängen</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.bmp)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.webp *.bmp)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>Export the conversation</source>
        <translation>Unterhaltung exportieren</translation>
    </message>
    <message>
        <source>Markdown with pictures beside it (*.md)</source>
        <translation>Markdown mit Bildern daneben (*.md)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>Webseite (*.html)</translation>
    </message>
    <message>
        <source>Everything, to import again (*.json)</source>
        <translation>Alles, zum Wiedereinlesen (*.json)</translation>
    </message>
    <message>
        <source>Import a conversation</source>
        <translation>Unterhaltung importieren</translation>
    </message>
    <message>
        <source>Conversations (*.json)</source>
        <translation>Unterhaltungen (*.json)</translation>
    </message>
</context>
<context>
    <name>b3o::CheckPanel</name>
    <message>
        <source>Check list</source>
        <translation>Prüfliste</translation>
    </message>
    <message>
        <source>Check each picture</source>
        <translation>Jedes Bild prüfen</translation>
    </message>
    <message>
        <source>Ask the model about every picture it draws, and draw once more what fails</source>
        <translation>Das Modell nach jedem Bild fragen, das es zeichnet, und Misslungenes noch einmal zeichnen</translation>
    </message>
    <message>
        <source>Redraw at most</source>
        <translation>Höchstens neu zeichnen</translation>
    </message>
    <message>
        <source>Redraws at most</source>
        <translation>Höchstens neu gezeichnet</translation>
    </message>
    <message>
        <source>The model checks its own picture.</source>
        <translation>Das Modell prüft sein eigenes Bild.</translation>
    </message>
</context>
<context>
    <name>b3o::Choice</name>
    <message>
        <source>Choices</source>
        <translation>Auswahl</translation>
    </message>
</context>
<context>
    <name>b3o::Compare</name>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>Whole text</source>
        <translation>Ganzer Text</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Plan steps</source>
        <translation>Planschritte</translation>
    </message>
    <message>
        <source>Plan guidance</source>
        <translation>Plan-Guidance</translation>
    </message>
    <message>
        <source>Exact times</source>
        <translation>Genaue Zeiten</translation>
    </message>
    <message>
        <source>Paint sampler</source>
        <translation>Mal-Sampler</translation>
    </message>
    <message>
        <source>Paint spacing</source>
        <translation>Mal-Schrittabstand</translation>
    </message>
    <message>
        <source>Paint steps</source>
        <translation>Malschritte</translation>
    </message>
    <message>
        <source>Paint guidance</source>
        <translation>Mal-Guidance</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Way of the words</source>
        <translation>Weg der Worte</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Between the pictures</source>
        <translation>Zwischen den Bildern</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Keep untouched cells</source>
        <translation>Unberührte Zellen behalten</translation>
    </message>
    <message>
        <source>Soft mark</source>
        <translation>Weiche Markierung</translation>
    </message>
    <message>
        <source>Only around the mark</source>
        <translation>Nur um die Markierung</translation>
    </message>
    <message>
        <source>Surroundings in pixels</source>
        <translation>Umgebung in Pixeln</translation>
    </message>
    <message>
        <source>New canvas left</source>
        <translation>Neue Fläche links</translation>
    </message>
    <message>
        <source>New canvas above</source>
        <translation>Neue Fläche oben</translation>
    </message>
    <message>
        <source>New canvas right</source>
        <translation>Neue Fläche rechts</translation>
    </message>
    <message>
        <source>New canvas below</source>
        <translation>Neue Fläche unten</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>Weiche Kante</translation>
    </message>
    <message>
        <source>Source picture</source>
        <translation>Quellbild</translation>
    </message>
    <message>
        <source>Other picture</source>
        <translation>Anderes Bild</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model&apos;s hash</source>
        <translation>Hash des Modells</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>The right picture (%1 × %2) is shown at the size of the left one (%3 × %4).</source>
        <translation>Das rechte Bild (%1 × %2) wird in der Größe des linken (%3 × %4) gezeigt.</translation>
    </message>
    <message>
        <source>Every pixel is equal.</source>
        <translation>Alle Pixel sind gleich.</translation>
    </message>
    <message>
        <source>Told width</source>
        <translation>Genannte Breite</translation>
    </message>
    <message>
        <source>Told height</source>
        <translation>Genannte Höhe</translation>
    </message>
    <message>
        <source>Told crop left</source>
        <translation>Genannter Beschnitt links</translation>
    </message>
    <message>
        <source>Told crop above</source>
        <translation>Genannter Beschnitt oben</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>%L1 of %L2 pixels differ (%3&#xa0;%), the most by %4 of 255.</source>
        <translation>%L1 von %L2 Pixeln unterscheiden sich (%3&#xa0;%), höchstens um %4 von 255.</translation>
    </message>
</context>
<context>
    <name>b3o::CompareCanvas</name>
    <message>
        <source>The two pictures</source>
        <translation>Die beiden Bilder</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
</context>
<context>
    <name>b3o::ComparePage</name>
    <message>
        <source>Open the left picture</source>
        <translation>Linkes Bild öffnen</translation>
    </message>
    <message>
        <source>Open the right picture</source>
        <translation>Rechtes Bild öffnen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Slider</source>
        <translation>Schieber</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>Umschalten</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>How to compare</source>
        <translation>Wie verglichen wird</translation>
    </message>
    <message>
        <source>Left of the line the left picture, right of it the right one</source>
        <translation>Links der Linie das linke Bild, rechts davon das rechte</translation>
    </message>
    <message>
        <source>Both pictures, zoomed and moved together</source>
        <translation>Beide Bilder, gemeinsam vergrößert und bewegt</translation>
    </message>
    <message>
        <source>The left picture; the right one while Space or the mouse is held</source>
        <translation>Das linke Bild; das rechte, solange Leertaste oder Maus gedrückt ist</translation>
    </message>
    <message>
        <source>Brighter where the pictures differ more</source>
        <translation>Heller, wo sich die Bilder mehr unterscheiden</translation>
    </message>
    <message>
        <source>Fit the pictures into the window</source>
        <translation>Die Bilder ins Fenster einpassen</translation>
    </message>
    <message>
        <source>Fit the pictures into the window (Ctrl+0)</source>
        <translation>Die Bilder ins Fenster einpassen (Strg+0)</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>Swap left and right</source>
        <translation>Links und rechts tauschen</translation>
    </message>
    <message>
        <source>Swap left and right (X)</source>
        <translation>Links und rechts tauschen (X)</translation>
    </message>
    <message>
        <source>hold Space: the right picture</source>
        <translation>Leertaste halten: das rechte Bild</translation>
    </message>
    <message>
        <source>four times as strong</source>
        <translation>vierfach verstärkt</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Reading the pictures</source>
        <translation>Die Bilder werden gelesen</translation>
    </message>
    <message>
        <source>One more picture</source>
        <translation>Noch ein Bild</translation>
    </message>
    <message>
        <source>Drop it here, or open a file.</source>
        <translation>Ziehen Sie es hierher, oder öffnen Sie eine Datei.</translation>
    </message>
    <message>
        <source>Compare two pictures</source>
        <translation>Zwei Bilder vergleichen</translation>
    </message>
    <message>
        <source>Drop two files here, choose two in the Gallery, or take them from an edit&apos;s history.</source>
        <translation>Ziehen Sie zwei Dateien hierher, wählen Sie zwei in der Galerie, oder nehmen Sie sie aus dem Verlauf einer Bearbeitung.</translation>
    </message>
    <message>
        <source>Or draw one prompt with two seeds:</source>
        <translation>Oder zeichnen Sie einen Prompt mit zwei Seeds:</translation>
    </message>
    <message>
        <source>a green flower left of a yellow fish at night</source>
        <translation>a green flower left of a yellow fish at night</translation>
    </message>
    <message>
        <source>a red house by the sea</source>
        <translation>a red house by the sea</translation>
    </message>
    <message>
        <source>two blue circles above a black triangle</source>
        <translation>two blue circles above a black triangle</translation>
    </message>
    <message>
        <source>Open a picture...</source>
        <translation>Bild öffnen …</translation>
    </message>
    <message>
        <source>Open two pictures...</source>
        <translation>Zwei Bilder öffnen …</translation>
    </message>
    <message>
        <source>Open pictures to compare</source>
        <translation>Bilder zum Vergleichen öffnen</translation>
    </message>
</context>
<context>
    <name>b3o::ComparePanel</name>
    <message>
        <source>What differs in the recipes</source>
        <translation>Was sich in den Rezepten unterscheidet</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Open the left picture</source>
        <translation>Linkes Bild öffnen</translation>
    </message>
    <message>
        <source>Open the right picture</source>
        <translation>Rechtes Bild öffnen</translation>
    </message>
    <message>
        <source>Open...</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>reading the picture</source>
        <translation>das Bild wird gelesen</translation>
    </message>
    <message>
        <source>no picture yet</source>
        <translation>noch kein Bild</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Neither picture holds a recipe.</source>
        <translation>Keines der Bilder enthält ein Rezept.</translation>
    </message>
    <message>
        <source>The right picture holds no recipe.</source>
        <translation>Das rechte Bild enthält kein Rezept.</translation>
    </message>
    <message>
        <source>The left picture holds no recipe.</source>
        <translation>Das linke Bild enthält kein Rezept.</translation>
    </message>
    <message>
        <source>Nothing: both recipes are equal.</source>
        <translation>Nichts: Beide Rezepte sind gleich.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1, left</source>
        <translation>%1, links</translation>
    </message>
    <message>
        <source>%1, right</source>
        <translation>%1, rechts</translation>
    </message>
</context>
<context>
    <name>b3o::Composer</name>
    <message>
        <source>pasted picture</source>
        <translation>eingefügtes Bild</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Attach a picture</source>
        <translation>Bild anhängen</translation>
    </message>
    <message>
        <source>Attach a picture (Ctrl+Shift+A)</source>
        <translation>Bild anhängen (Strg+Umschalt+A)</translation>
    </message>
    <message>
        <source>Say what should be different</source>
        <translation>Sagen Sie, was anders sein soll</translation>
    </message>
    <message>
        <source>Describe a picture</source>
        <translation>Beschreiben Sie ein Bild</translation>
    </message>
    <message>
        <source>Ask, or describe a picture</source>
        <translation>Fragen Sie, oder beschreiben Sie ein Bild</translation>
    </message>
    <message>
        <source>Ask about a picture, or about anything</source>
        <translation>Fragen Sie nach einem Bild oder nach etwas anderem</translation>
    </message>
    <message>
        <source>Ask about anything</source>
        <translation>Fragen Sie nach irgendetwas</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort stoppen</translation>
    </message>
    <message>
        <source>Send the question</source>
        <translation>Frage senden</translation>
    </message>
    <message>
        <source>Stop the answer (Esc)</source>
        <translation>Antwort stoppen (Esc)</translation>
    </message>
    <message>
        <source>%1 (Enter)</source>
        <translation>%1 (Eingabe)</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 von %L2</translation>
    </message>
    <message>
        <source>%L1 of %L2 tokens</source>
        <translation>%L1 von %L2 Token</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>What the model reads for the next question, of the most it can read.</source>
        <translation>Was das Modell für die nächste Frage liest, von dem, was es höchstens lesen kann.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures are %L1 of the tokens.</source>
        <translation>Bilder sind %L1 der Token.</translation>
    </message>
</context>
<context>
    <name>b3o::Conversation</name>
    <message>
        <source>One question takes at most %1 pictures.</source>
        <translation>Eine Frage nimmt höchstens %1 Bilder.</translation>
    </message>
    <message>
        <source>Load a model first.</source>
        <translation>Laden Sie zuerst ein Modell.</translation>
    </message>
    <message>
        <source>This model does not chat.</source>
        <translation>Dieses Modell chattet nicht.</translation>
    </message>
    <message>
        <source>This model does not draw.</source>
        <translation>Dieses Modell zeichnet nicht.</translation>
    </message>
    <message>
        <source>This model does not edit pictures.</source>
        <translation>Dieses Modell ändert keine Bilder.</translation>
    </message>
    <message>
        <source>The answer is still being written.</source>
        <translation>Die Antwort wird noch geschrieben.</translation>
    </message>
    <message>
        <source>A picture is still being read.</source>
        <translation>Ein Bild wird noch gelesen.</translation>
    </message>
    <message>
        <source>Remove the picture that could not be read.</source>
        <translation>Entfernen Sie das Bild, das nicht gelesen werden konnte.</translation>
    </message>
    <message>
        <source>This model does not look at pictures.</source>
        <translation>Dieses Modell sieht keine Bilder an.</translation>
    </message>
    <message>
        <source>Drawing takes only words: remove the picture, or choose Edit to change it.</source>
        <translation>Zeichnen nimmt nur Worte: Entfernen Sie das Bild, oder wählen Sie Ändern, um es zu ändern.</translation>
    </message>
    <message>
        <source>Attach the picture that is to be changed.</source>
        <translation>Hängen Sie das Bild an, das geändert werden soll.</translation>
    </message>
    <message>
        <source>Write a question.</source>
        <translation>Schreiben Sie eine Frage.</translation>
    </message>
    <message>
        <source>Write what to draw.</source>
        <translation>Schreiben Sie, was gezeichnet werden soll.</translation>
    </message>
    <message>
        <source>Write what to change.</source>
        <translation>Schreiben Sie, was sich ändern soll.</translation>
    </message>
</context>
<context>
    <name>b3o::ConversationExport</name>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Exported as %1.</source>
        <translation>Exportiert als %1.</translation>
    </message>
    <message>
        <source>Imported %1.</source>
        <translation>%1 importiert.</translation>
    </message>
    <message>
        <source>conversation</source>
        <translation>unterhaltung</translation>
    </message>
</context>
<context>
    <name>b3o::ConversationList</name>
    <message>
        <source>This picture was not kept.</source>
        <translation>Dieses Bild wurde nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>The question and its answer are deleted.</source>
        <translation>Die Frage und ihre Antwort sind gelöscht.</translation>
    </message>
    <message>
        <source>The question and its answer are back.</source>
        <translation>Die Frage und ihre Antwort sind zurück.</translation>
    </message>
    <message>
        <source>The conversation is named: %1</source>
        <translation>Die Unterhaltung heißt: %1</translation>
    </message>
    <message>
        <source>Deleted: %1</source>
        <translation>Gelöscht: %1</translation>
    </message>
    <message>
        <source>Back again: %1</source>
        <translation>Wieder da: %1</translation>
    </message>
</context>
<context>
    <name>b3o::ConversationPanel</name>
    <message>
        <source>Name of the conversation</source>
        <translation>Name der Unterhaltung</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Diese Woche</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Unterhaltungen</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>New chat (Ctrl+N)</source>
        <translation>Neuer Chat (Strg+N)</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the conversations</source>
        <translation>Unterhaltungen durchsuchen</translation>
    </message>
    <message>
        <source>No conversation has these words.</source>
        <translation>Keine Unterhaltung enthält diese Worte.</translation>
    </message>
    <message>
        <source>Conversations are kept here.</source>
        <translation>Hier werden Unterhaltungen aufbewahrt.</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Import...</source>
        <translation>Importieren …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln turn(s)</source>
        <translation>
            <numerusform>%Ln Beitrag</numerusform>
            <numerusform>%Ln Beiträge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>MMMM yyyy</translation>
    </message>
</context>
<context>
    <name>b3o::CreatePage</name>
    <message>
        <source>Picture %1 of %2</source>
        <translation>Bild %1 von %2</translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation>wartet, bis es an der Reihe ist</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>estimate, not the result</source>
        <translation>Schätzung, nicht das Ergebnis</translation>
    </message>
    <message>
        <source>stopped: the last estimate, not a result</source>
        <translation>gestoppt: die letzte Schätzung, kein Ergebnis</translation>
    </message>
    <message>
        <source>failed: the last estimate, not a result</source>
        <translation>fehlgeschlagen: die letzte Schätzung, kein Ergebnis</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Plan map</source>
        <translation>Plankarte</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Gezeigt</translation>
    </message>
    <message>
        <source>Fit the picture into the window</source>
        <translation>Das Bild ins Fenster einpassen</translation>
    </message>
    <message>
        <source>Fit the picture into the window (Ctrl+0)</source>
        <translation>Das Bild ins Fenster einpassen (Strg+0)</translation>
    </message>
    <message>
        <source>Restore its settings</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Leave the settings as they are</source>
        <translation>Die Einstellungen lassen, wie sie sind</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>Kein Modell ist geladen</translation>
    </message>
    <message>
        <source>Load a model folder to ask and to draw.</source>
        <translation>Laden Sie einen Modellordner, um zu fragen und zu zeichnen.</translation>
    </message>
    <message>
        <source>Load a model</source>
        <translation>Modell laden</translation>
    </message>
    <message>
        <source>This model does not draw</source>
        <translation>Dieses Modell zeichnet nicht</translation>
    </message>
    <message>
        <source>It answers questions: go to Chat.</source>
        <translation>Es beantwortet Fragen: Gehen Sie zum Chat.</translation>
    </message>
    <message>
        <source>Draw something</source>
        <translation>Zeichnen Sie etwas</translation>
    </message>
    <message>
        <source>Write a prompt at the left, or start with one of these.</source>
        <translation>Schreiben Sie links einen Prompt, oder beginnen Sie mit einem von diesen.</translation>
    </message>
    <message>
        <source>a green flower left of a yellow fish at night</source>
        <translation>a green flower left of a yellow fish at night</translation>
    </message>
    <message>
        <source>a red house by the sea</source>
        <translation>a red house by the sea</translation>
    </message>
    <message>
        <source>two blue circles above a black triangle</source>
        <translation>two blue circles above a black triangle</translation>
    </message>
</context>
<context>
    <name>b3o::CreatePanel</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Erstellen</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>What to draw</source>
        <translation>Was gezeichnet werden soll</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>Earlier and saved prompts</source>
        <translation>Frühere und gespeicherte Prompts</translation>
    </message>
    <message>
        <source>Earlier prompts (Alt+Up, Alt+Down) and those you saved</source>
        <translation>Frühere Prompts (Alt+Auf, Alt+Ab) und gespeicherte</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>The same seed and settings give the same picture. Empty: a new one for every run.</source>
        <translation>Gleicher Seed und gleiche Einstellungen geben das gleiche Bild. Leer: bei jedem Lauf ein neuer.</translation>
    </message>
    <message>
        <source>Roll a new seed</source>
        <translation>Neuen Seed würfeln</translation>
    </message>
    <message>
        <source>Use the seed of the picture that is shown</source>
        <translation>Seed des gezeigten Bildes verwenden</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Genau</translation>
    </message>
    <message>
        <source>Half the steps: close to the result, in half the time</source>
        <translation>Halb so viele Schritte: nah am Ergebnis, in der halben Zeit</translation>
    </message>
    <message>
        <source>The model&apos;s own numbers</source>
        <translation>Die eigenen Zahlen des Modells</translation>
    </message>
    <message>
        <source>Twice the steps, and exact times for the plan</source>
        <translation>Doppelt so viele Schritte und genaue Zeiten für den Plan</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>Erweiterte Einstellungen</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Plan steps</source>
        <translation>Planschritte</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Guidance</translation>
    </message>
    <message>
        <source>Plan guidance</source>
        <translation>Plan-Guidance</translation>
    </message>
    <message>
        <source>Exact times</source>
        <translation>Genaue Zeiten</translation>
    </message>
    <message>
        <source>Tell the network exact times; otherwise whole numbers, as it was trained</source>
        <translation>Dem Netz genaue Zeiten geben; sonst ganze Zahlen, wie es trainiert wurde</translation>
    </message>
    <message>
        <source>Paint sampler</source>
        <translation>Mal-Sampler</translation>
    </message>
    <message>
        <source>Paint steps</source>
        <translation>Malschritte</translation>
    </message>
    <message>
        <source>Paint steps, of those the model allows</source>
        <translation>Malschritte, von denen, die das Modell erlaubt</translation>
    </message>
    <message>
        <source>Paint guidance</source>
        <translation>Mal-Guidance</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>Breite in Pixeln</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>Höhe in Pixeln</translation>
    </message>
    <message>
        <source>Progress of this stage</source>
        <translation>Fortschritt dieser Stufe</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>Draw this when the running job is done (Ctrl+Enter; Ctrl+Shift+Enter: before all that waits)</source>
        <translation>Dies zeichnen, wenn der laufende Auftrag fertig ist (Strg+Eingabe; Strg+Umschalt+Eingabe: vor allem, was wartet)</translation>
    </message>
    <message>
        <source>Plan: what the picture shows, as tokens</source>
        <translation>Plan: was das Bild zeigt, als Token</translation>
    </message>
    <message>
        <source>Paint: the tokens as pixels</source>
        <translation>Malen: die Token als Pixel</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>Sampler</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Forget this saved prompt</source>
        <translation>Diesen gespeicherten Prompt vergessen</translation>
    </message>
    <message>
        <source>Save this prompt</source>
        <translation>Diesen Prompt speichern</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Früher</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s)</source>
        <translation>
            <numerusform>%Ln Wort</numerusform>
            <numerusform>%Ln Wörter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln token(s)</source>
        <translation>
            <numerusform>etwa %Ln Token</numerusform>
            <numerusform>etwa %Ln Token</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, more than the %2 of training</source>
        <translation>%1, mehr als die %2 des Trainings</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>Stop drawing</source>
        <translation>Zeichnen stoppen</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>Stopp (Esc)</translation>
    </message>
    <message>
        <source>Draw (Ctrl+Enter)</source>
        <translation>Zeichnen (Strg+Eingabe)</translation>
    </message>
</context>
<context>
    <name>b3o::EditCanvas</name>
    <message>
        <source>Picture to edit</source>
        <translation>Bild zum Bearbeiten</translation>
    </message>
</context>
<context>
    <name>b3o::EditPage</name>
    <message>
        <source>Open a picture...</source>
        <translation>Bild öffnen …</translation>
    </message>
    <message>
        <source>Open a session file...</source>
        <translation>Sitzungsdatei öffnen …</translation>
    </message>
    <message>
        <source>Export the picture...</source>
        <translation>Bild exportieren …</translation>
    </message>
    <message>
        <source>Export the session...</source>
        <translation>Sitzung exportieren …</translation>
    </message>
    <message>
        <source>Open a mask file...</source>
        <translation>Maskendatei öffnen …</translation>
    </message>
    <message>
        <source>Open a mask</source>
        <translation>Maske öffnen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>Bild öffnen</translation>
    </message>
    <message>
        <source>Open a session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Editing sessions (*.b3o)</source>
        <translation>Bearbeitungssitzungen (*.b3o)</translation>
    </message>
    <message>
        <source>Export the picture</source>
        <translation>Bild exportieren</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>Export the session</source>
        <translation>Sitzung exportieren</translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation>Datei ersetzen?</translation>
    </message>
    <message>
        <source>%1 exists already. Replace it?</source>
        <translation>%1 gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Open the other picture</source>
        <translation>Das andere Bild öffnen</translation>
    </message>
    <message>
        <source>from the clipboard</source>
        <translation>aus der Zwischenablage</translation>
    </message>
    <message>
        <source>round trip</source>
        <translation>Rundweg</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Sessions that are kept</source>
        <translation>Aufbewahrte Sitzungen</translation>
    </message>
    <message>
        <source>Go on with an earlier picture</source>
        <translation>Mit einem früheren Bild weitermachen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Fit the picture into the window</source>
        <translation>Das Bild ins Fenster einpassen</translation>
    </message>
    <message>
        <source>Fit the picture into the window (Ctrl+0)</source>
        <translation>Das Bild ins Fenster einpassen (Strg+0)</translation>
    </message>
    <message>
        <source>hold Space: before</source>
        <translation>Leertaste halten: vorher</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Picture and session: %1</source>
        <translation>Bild und Sitzung: %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Reading the picture</source>
        <translation>Das Bild wird gelesen</translation>
    </message>
    <message>
        <source>%1 (Ctrl+Z)</source>
        <translation>%1 (Strg+Z)</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>Nichts rückgängig zu machen</translation>
    </message>
    <message>
        <source>%1 (Ctrl+Shift+Z)</source>
        <translation>%1 (Strg+Umschalt+Z)</translation>
    </message>
    <message>
        <source>Nothing to redo</source>
        <translation>Nichts zu wiederholen</translation>
    </message>
    <message>
        <source>%1 × %2 · the file stays as it is</source>
        <translation>%1 × %2 · die Datei bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>before</source>
        <translation>vorher</translation>
    </message>
    <message>
        <source>estimate, not the result</source>
        <translation>Schätzung, nicht das Ergebnis</translation>
    </message>
    <message>
        <source>proposal %1 of %2</source>
        <translation>Vorschlag %1 von %2</translation>
    </message>
    <message>
        <source>Drawing a picture to edit</source>
        <translation>Ein Bild zum Bearbeiten wird gezeichnet</translation>
    </message>
    <message>
        <source>Then it is changed: %1</source>
        <translation>Danach wird es geändert: %1</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>Kein Modell ist geladen</translation>
    </message>
    <message>
        <source>Load a model folder to change pictures.</source>
        <translation>Laden Sie einen Modellordner, um Bilder zu ändern.</translation>
    </message>
    <message>
        <source>Load a model</source>
        <translation>Modell laden</translation>
    </message>
    <message>
        <source>This model does not edit</source>
        <translation>Dieses Modell ändert keine Bilder</translation>
    </message>
    <message>
        <source>It answers questions: go to Chat.</source>
        <translation>Es beantwortet Fragen: Gehen Sie zum Chat.</translation>
    </message>
    <message>
        <source>Change a picture</source>
        <translation>Ein Bild ändern</translation>
    </message>
    <message>
        <source>Drop a picture here, paste it or open a file. What you mark can be repainted; words change the whole. Or watch the model draw one and change it:</source>
        <translation>Ziehen Sie ein Bild hierher, fügen Sie es ein oder öffnen Sie eine Datei. Markiertes lässt sich neu malen; Worte ändern das Ganze. Oder sehen Sie zu, wie das Modell eines zeichnet und ändert:</translation>
    </message>
    <message>
        <source>make the house blue</source>
        <translation>make the house blue</translation>
    </message>
    <message>
        <source>add a moon</source>
        <translation>add a moon</translation>
    </message>
    <message>
        <source>at night</source>
        <translation>at night</translation>
    </message>
    <message>
        <source>a red house by the sea</source>
        <translation>a red house by the sea</translation>
    </message>
    <message>
        <source>Name the session...</source>
        <translation>Sitzung benennen …</translation>
    </message>
    <message>
        <source>Name the session</source>
        <translation>Sitzung benennen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>%1 of %2 cells keep their tokens</source>
        <translation>%1 von %2 Zellen behalten ihre Token</translation>
    </message>
</context>
<context>
    <name>b3o::EditPanel</name>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Progress of this stage</source>
        <translation>Fortschritt dieser Stufe</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Make the chosen proposal the current picture</source>
        <translation>Den gewählten Vorschlag zum aktuellen Bild machen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Propose once more, with another seed unless one is set</source>
        <translation>Noch einmal vorschlagen, mit anderem Seed, wenn keiner gesetzt ist</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Take none of them; undo brings them back</source>
        <translation>Keinen davon nehmen; Rückgängig holt sie zurück</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Stop the edit</source>
        <translation>Bearbeitung stoppen</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>Stopp (Esc)</translation>
    </message>
    <message>
        <source>Propose (Ctrl+Enter)</source>
        <translation>Vorschlagen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>The model read the picture and the words.</source>
        <translation>Das Modell hat das Bild und die Worte gelesen.</translation>
    </message>
    <message>
        <source>By way of a description: &quot;%1&quot;.</source>
        <translation>Über eine Beschreibung: „%1“.</translation>
    </message>
</context>
<context>
    <name>b3o::EditSession</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Repainted</source>
        <translation>Neu gemalt</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>Extended</source>
        <translation>Erweitert</translation>
    </message>
    <message>
        <source>New details</source>
        <translation>Neue Details</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>This picture is no longer in the Gallery.</source>
        <translation>Dieses Bild ist nicht mehr in der Galerie.</translation>
    </message>
    <message>
        <source>This session is no longer in the library.</source>
        <translation>Diese Sitzung ist nicht mehr in der Bibliothek.</translation>
    </message>
    <message>
        <source>Nothing is kept without a library.</source>
        <translation>Ohne Bibliothek wird nichts aufbewahrt.</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo %1</source>
        <translation>Wiederholen: %1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>%1 holds the picture that this session began with, which is never written over; choose another name.</source>
        <translation>%1 enthält das Bild, mit dem diese Sitzung begann; es wird nie überschrieben. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
    <message>
        <source>stroke</source>
        <translation>Strich</translation>
    </message>
    <message>
        <source>selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>going there</source>
        <translation>Wechsel</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>bild</translation>
    </message>
    <message>
        <source>That mask belongs to a picture of another size.</source>
        <translation>Diese Maske gehört zu einem Bild anderer Größe.</translation>
    </message>
    <message>
        <source>%1: the mask is %2 × %3 pixels, the picture is %4 × %5; they must be equal.</source>
        <translation>%1: Die Maske hat %2 × %3 Pixel, das Bild %4 × %5; beide müssen gleich sein.</translation>
    </message>
    <message>
        <source>Load a model first.</source>
        <translation>Laden Sie zuerst ein Modell.</translation>
    </message>
    <message>
        <source>Open a picture first.</source>
        <translation>Öffnen Sie zuerst ein Bild.</translation>
    </message>
    <message>
        <source>The results are still being painted.</source>
        <translation>Die Ergebnisse werden noch gemalt.</translation>
    </message>
    <message>
        <source>The picture is still being read.</source>
        <translation>Das Bild wird noch gelesen.</translation>
    </message>
    <message>
        <source>The mask is still being changed.</source>
        <translation>Die Maske wird noch geändert.</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>Wird gestoppt</translation>
    </message>
    <message>
        <source>Waiting for the running job</source>
        <translation>Wartet auf den laufenden Auftrag</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Result %1 of %2 · </source>
        <translation>Ergebnis %1 von %2 · </translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1 %2 von %3</translation>
    </message>
    <message>
        <source>The picture that was changed is deleted; the result is in the Gallery.</source>
        <translation>Das geänderte Bild ist gelöscht; das Ergebnis ist in der Galerie.</translation>
    </message>
</context>
<context>
    <name>b3o::FilmRow</name>
    <message>
        <source>Pictures of this sitting</source>
        <translation>Bilder dieser Sitzung</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>Compare with the picture that is shown</source>
        <translation>Mit dem gezeigten Bild vergleichen</translation>
    </message>
    <message>
        <source>Open in Edit</source>
        <translation>Bearbeiten</translation>
    </message>
</context>
<context>
    <name>b3o::FolderFacts</name>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>No folder chosen</source>
        <translation>Kein Ordner gewählt</translation>
    </message>
    <message>
        <source>%1 on disk</source>
        <translation>%1 auf der Platte</translation>
    </message>
    <message>
        <source>all files are there</source>
        <translation>alle Dateien sind da</translation>
    </message>
    <message>
        <source>Memory on %1 in %2, estimated</source>
        <translation>Speicher auf %1 in %2, geschätzt</translation>
    </message>
    <message>
        <source>Estimating the memory...</source>
        <translation>Speicher wird geschätzt …</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights that stay in the files</source>
        <translation>Gewichte, die in den Dateien bleiben</translation>
    </message>
    <message>
        <source>Conversation of %1 tokens</source>
        <translation>Unterhaltung mit %1 Token</translation>
    </message>
    <message>
        <source>While a picture is drawn</source>
        <translation>Während ein Bild gezeichnet wird</translation>
    </message>
    <message>
        <source>About %1 of %2 that are free.</source>
        <translation>Etwa %1 von %2, die frei sind.</translation>
    </message>
    <message>
        <source>It fits. %1</source>
        <translation>Es passt. %1</translation>
    </message>
    <message>
        <source>It works slowly: weights are read from the disk again and again. %1</source>
        <translation>Es arbeitet langsam: Gewichte werden immer wieder von der Platte gelesen. %1</translation>
    </message>
    <message>
        <source>It does not fit: %1 are missing. %2</source>
        <translation>Es passt nicht: %1 fehlen. %2</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Check the files</source>
        <translation>Dateien prüfen</translation>
    </message>
    <message>
        <source>Stop checking the files</source>
        <translation>Prüfen der Dateien stoppen</translation>
    </message>
    <message>
        <source>Compare every file with the SHA-256 that the folder lists</source>
        <translation>Jede Datei mit dem SHA-256 vergleichen, den der Ordner angibt</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>Die Prüfung wurde gestoppt.</translation>
    </message>
    <message>
        <source>No list of hashes in this folder.</source>
        <translation>Keine Hash-Liste in diesem Ordner.</translation>
    </message>
    <message>
        <source>%1 of %2 files differ from their hash: %3. Get them again.</source>
        <translation>%1 von %2 Dateien weichen von ihrem Hash ab: %3. Laden Sie sie neu herunter.</translation>
    </message>
    <message>
        <source>Listed, but not there: %1.</source>
        <translation>Aufgeführt, aber nicht da: %1.</translation>
    </message>
    <message numerus="yes">
        <source>All %n listed file(s) match their hash.</source>
        <translation>
            <numerusform>Die aufgeführte Datei stimmt mit ihrem Hash überein.</numerusform>
            <numerusform>Alle %n aufgeführten Dateien stimmen mit ihrem Hash überein.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not listed: %1.</source>
        <translation>Nicht aufgeführt: %1.</translation>
    </message>
</context>
<context>
    <name>b3o::FolderList</name>
    <message>
        <source>comes with the program</source>
        <translation>kommt mit dem Programm</translation>
    </message>
    <message>
        <source>in the program&apos;s folder</source>
        <translation>im Ordner des Programms</translation>
    </message>
    <message>
        <source>Hugging Face cache</source>
        <translation>Hugging-Face-Cache</translation>
    </message>
    <message>
        <source>used recently</source>
        <translation>kürzlich verwendet</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>pictures in chat</source>
        <translation>Bilder im Chat</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>editing</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Model folders</source>
        <translation>Modellordner</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) missing</source>
        <translation>
            <numerusform>%n Datei fehlt</numerusform>
            <numerusform>%n Dateien fehlen</numerusform>
        </translation>
    </message>
    <message>
        <source>cannot be loaded</source>
        <translation>kann nicht geladen werden</translation>
    </message>
</context>
<context>
    <name>b3o::Gallery</name>
    <message numerus="yes">
        <source>%Ln picture(s) are in the trash.</source>
        <translation>
            <numerusform>%Ln Bild ist im Papierkorb.</numerusform>
            <numerusform>%Ln Bilder sind im Papierkorb.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are back.</source>
        <translation>
            <numerusform>%Ln Bild ist zurück.</numerusform>
            <numerusform>%Ln Bilder sind zurück.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are deleted.</source>
        <translation>
            <numerusform>%Ln Bild ist gelöscht.</numerusform>
            <numerusform>%Ln Bilder sind gelöscht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are exported to %1.</source>
        <translation>
            <numerusform>%Ln Bild ist nach %1 exportiert.</numerusform>
            <numerusform>%Ln Bilder sind nach %1 exportiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Importing: %L1 of %L2.</source>
        <translation>Wird importiert: %L1 von %L2.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are imported.</source>
        <translation>
            <numerusform>%Ln Bild ist importiert.</numerusform>
            <numerusform>%Ln Bilder sind importiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are left out: they hold no recipe of this program.</source>
        <translation>
            <numerusform>%Ln Datei ist ausgelassen: Sie enthält kein Rezept dieses Programms.</numerusform>
            <numerusform>%Ln Dateien sind ausgelassen: Sie enthalten kein Rezept dieses Programms.</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied with its recipe.</source>
        <translation>Mit seinem Rezept kopiert.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) have a star.</source>
        <translation>
            <numerusform>%Ln Bild hat einen Stern.</numerusform>
            <numerusform>%Ln Bilder haben einen Stern.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) have no star.</source>
        <translation>
            <numerusform>%Ln Bild hat keinen Stern.</numerusform>
            <numerusform>%Ln Bilder haben keinen Stern.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::GalleryModel</name>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <translation>dddd, d. MMMM</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>MMMM yyyy</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>%1 · %L2</source>
        <translation>%1 · %L2</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>Ähnliche Bilder</translation>
    </message>
</context>
<context>
    <name>b3o::GalleryPage</name>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>Search prompts</source>
        <translation>Prompts durchsuchen</translation>
    </message>
    <message>
        <source>★ Starred</source>
        <translation>★ Sterne</translation>
    </message>
    <message>
        <source>Show only starred pictures</source>
        <translation>Nur Bilder mit Stern zeigen</translation>
    </message>
    <message>
        <source>Show only pictures with a star</source>
        <translation>Nur Bilder mit einem Stern zeigen</translation>
    </message>
    <message>
        <source>Change the order</source>
        <translation>Reihenfolge ändern</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Show the trash</source>
        <translation>Papierkorb zeigen</translation>
    </message>
    <message>
        <source>Show what is in the trash</source>
        <translation>Zeigen, was im Papierkorb ist</translation>
    </message>
    <message>
        <source>Back to all</source>
        <translation>Zurück zu allen</translation>
    </message>
    <message>
        <source>Show all pictures again</source>
        <translation>Wieder alle Bilder zeigen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Import...</source>
        <translation>Import …</translation>
    </message>
    <message>
        <source>Import pictures</source>
        <translation>Bilder importieren</translation>
    </message>
    <message>
        <source>Copy pictures that this program made into the library</source>
        <translation>Bilder, die dieses Programm gemacht hat, in die Bibliothek kopieren</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop importing</source>
        <translation>Importieren stoppen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>%L1 of %2</source>
        <translation>%L1 von %2</translation>
    </message>
    <message>
        <source>%1 in the trash</source>
        <translation>%1 im Papierkorb</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>Order: %1</source>
        <translation>Reihenfolge: %1</translation>
    </message>
    <message>
        <source>Nothing is kept</source>
        <translation>Nichts wird aufbewahrt</translation>
    </message>
    <message>
        <source>The library could not be opened, so pictures live only until the program ends.</source>
        <translation>Die Bibliothek ließ sich nicht öffnen; Bilder bleiben nur, bis das Programm endet.</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>Die Bibliothek wird gelesen</translation>
    </message>
    <message>
        <source>Nothing is like it</source>
        <translation>Nichts ist ähnlich</translation>
    </message>
    <message>
        <source>No other picture with tokens is kept.</source>
        <translation>Kein anderes Bild mit Token ist aufbewahrt.</translation>
    </message>
    <message>
        <source>No picture fits</source>
        <translation>Kein Bild passt</translation>
    </message>
    <message>
        <source>No prompt holds all these words.</source>
        <translation>Kein Prompt enthält alle diese Worte.</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>Der Papierkorb ist leer</translation>
    </message>
    <message>
        <source>What you move to the trash can be brought back from here.</source>
        <translation>Was Sie in den Papierkorb legen, lässt sich von hier zurückholen.</translation>
    </message>
    <message>
        <source>No picture has a star</source>
        <translation>Kein Bild hat einen Stern</translation>
    </message>
    <message>
        <source>Choose a picture and press the full stop key to give it one.</source>
        <translation>Wählen Sie ein Bild, und drücken Sie die Punkttaste, um ihm einen zu geben.</translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation>Noch keine Bilder</translation>
    </message>
    <message>
        <source>Every finished picture is kept here with its recipe.</source>
        <translation>Jedes fertige Bild wird hier mit seinem Rezept aufbewahrt.</translation>
    </message>
    <message>
        <source>Every finished picture is kept here with its recipe. Draw a first one:</source>
        <translation>Jedes fertige Bild wird hier mit seinem Rezept aufbewahrt. Zeichnen Sie ein erstes:</translation>
    </message>
    <message>
        <source>a green flower left of a yellow fish at night</source>
        <translation>a green flower left of a yellow fish at night</translation>
    </message>
    <message>
        <source>a red house by the sea</source>
        <translation>a red house by the sea</translation>
    </message>
    <message>
        <source>two blue circles above a black triangle</source>
        <translation>two blue circles above a black triangle</translation>
    </message>
    <message>
        <source>Export the pictures to a folder</source>
        <translation>Bilder in einen Ordner exportieren</translation>
    </message>
    <message>
        <source>Without recipes and other metadata</source>
        <translation>Ohne Rezepte und andere Metadaten</translation>
    </message>
    <message>
        <source>Import pictures of this program</source>
        <translation>Bilder dieses Programms importieren</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>Rückgängig (Strg+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>Wiederholen (Strg+Umschalt+Z)</translation>
    </message>
</context>
<context>
    <name>b3o::GalleryPanel</name>
    <message>
        <source>Open in Create</source>
        <translation>Zu Erstellen</translation>
    </message>
    <message>
        <source>Fill the Create page with this picture&apos;s recipe (Enter)</source>
        <translation>Die Seite Erstellen mit dem Rezept dieses Bildes füllen (Eingabe)</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Ask about this picture in Chat</source>
        <translation>Im Chat nach diesem Bild fragen</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Give or take a star (.)</source>
        <translation>Stern geben oder nehmen (.)</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Save copies in a folder (Ctrl+S)</source>
        <translation>Kopien in einem Ordner speichern (Strg+S)</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In Papierkorb</translation>
    </message>
    <message>
        <source>Put into the trash; it can be brought back (Delete)</source>
        <translation>In den Papierkorb legen; es lässt sich zurückholen (Entf)</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Take out of the trash</source>
        <translation>Aus dem Papierkorb nehmen</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Delete the files; this cannot be undone</source>
        <translation>Die Dateien löschen; das lässt sich nicht rückgängig machen</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>Ähnliche Bilder</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>Compared by the tokens the pictures were painted from</source>
        <translation>Verglichen nach den Token, aus denen die Bilder gemalt wurden</translation>
    </message>
    <message>
        <source>Show all pictures like this</source>
        <translation>Alle ähnlichen Bilder zeigen</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Seed %1</translation>
    </message>
    <message>
        <source>%1 + %2 steps</source>
        <translation>%1 + %2 Schritte</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Choose a picture to see its recipe.</source>
        <translation>Wählen Sie ein Bild, um sein Rezept zu sehen.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are chosen.</source>
        <translation>
            <numerusform>%Ln Bild ist gewählt.</numerusform>
            <numerusform>%Ln Bilder sind gewählt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the star</source>
        <translation>Stern nehmen</translation>
    </message>
    <message>
        <source>Similar picture: %1</source>
        <translation>Ähnliches Bild: %1</translation>
    </message>
    <message>
        <source>Open in Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Mark a part of the picture and change it</source>
        <translation>Einen Teil des Bildes markieren und ändern</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Look at the two pictures and at what differs</source>
        <translation>Die beiden Bilder ansehen und was sich unterscheidet</translation>
    </message>
</context>
<context>
    <name>b3o::GalleryView</name>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
</context>
<context>
    <name>b3o::HistoryRow</name>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Name of the picture</source>
        <translation>Name des Bildes</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Dorthin gehen</translation>
    </message>
    <message>
        <source>Rename...</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Compare with the current picture</source>
        <translation>Mit dem aktuellen Bild vergleichen</translation>
    </message>
    <message>
        <source>Take its mark</source>
        <translation>Seine Markierung übernehmen</translation>
    </message>
    <message>
        <source>Delete it and what grew out of it</source>
        <translation>Es und alles daraus Entstandene löschen</translation>
    </message>
    <message>
        <source>%1, made from %2</source>
        <translation>%1, aus %2</translation>
    </message>
</context>
<context>
    <name>b3o::ImageJob</name>
    <message>
        <source>Picture %1 of %2 · </source>
        <translation>Bild %1 von %2 · </translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>wird gestoppt</translation>
    </message>
    <message>
        <source>Waiting for the running job</source>
        <translation>Wartet auf den laufenden Auftrag</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1 %2 von %3</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>lädt</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>liest</translation>
    </message>
    <message>
        <source>planning</source>
        <translation>plant</translation>
    </message>
    <message>
        <source>painting</source>
        <translation>malt</translation>
    </message>
    <message>
        <source>decoding</source>
        <translation>dekodiert</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>Load a model first.</source>
        <translation>Laden Sie zuerst ein Modell.</translation>
    </message>
</context>
<context>
    <name>b3o::IntentSwitch</name>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Nothing in the words speaks for a picture.</source>
        <translation>Nichts in den Worten spricht für ein Bild.</translation>
    </message>
    <message>
        <source>The words ask.</source>
        <translation>Die Worte fragen.</translation>
    </message>
    <message>
        <source>The words want an answer.</source>
        <translation>Die Worte wollen eine Antwort.</translation>
    </message>
    <message>
        <source>The words want a picture.</source>
        <translation>Die Worte wollen ein Bild.</translation>
    </message>
    <message>
        <source>The words describe something to draw.</source>
        <translation>Die Worte beschreiben etwas zum Zeichnen.</translation>
    </message>
    <message>
        <source>The words change the picture.</source>
        <translation>Die Worte ändern das Bild.</translation>
    </message>
    <message>
        <source>The words are about the picture.</source>
        <translation>Die Worte handeln vom Bild.</translation>
    </message>
    <message>
        <source>There is no picture to change.</source>
        <translation>Es gibt kein Bild zum Ändern.</translation>
    </message>
    <message>
        <source>This model does not chat.</source>
        <translation>Dieses Modell chattet nicht.</translation>
    </message>
    <message>
        <source>This model does not draw.</source>
        <translation>Dieses Modell zeichnet nicht.</translation>
    </message>
    <message>
        <source>This model does not edit pictures.</source>
        <translation>Dieses Modell ändert keine Bilder.</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>What sending does</source>
        <translation>Was das Senden tut</translation>
    </message>
    <message>
        <source>Auto: %1</source>
        <translation>Auto: %1</translation>
    </message>
    <message>
        <source>The words decide what sending does</source>
        <translation>Die Worte entscheiden, was das Senden tut</translation>
    </message>
    <message>
        <source>Answer with words</source>
        <translation>Mit Worten antworten</translation>
    </message>
    <message>
        <source>Draw a picture of the words</source>
        <translation>Ein Bild der Worte zeichnen</translation>
    </message>
    <message>
        <source>Change the attached or the last picture</source>
        <translation>Das angehängte oder das letzte Bild ändern</translation>
    </message>
</context>
<context>
    <name>b3o::JobLine</name>
    <message>
        <source>slower now, about %1 left of this stage</source>
        <translation>jetzt langsamer, noch etwa %1 in dieser Stufe</translation>
    </message>
    <message>
        <source>about %1 left of this stage</source>
        <translation>noch etwa %1 in dieser Stufe</translation>
    </message>
    <message>
        <source>slower, %1</source>
        <translation>langsamer, %1</translation>
    </message>
    <message>
        <source>load</source>
        <translation>laden</translation>
    </message>
    <message>
        <source>read</source>
        <translation>lesen</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>planen</translation>
    </message>
    <message>
        <source>paint</source>
        <translation>malen</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>dekodieren</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>antworten</translation>
    </message>
    <message>
        <source>%1 s a step</source>
        <translation>%1 s je Schritt</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>wird gestoppt</translation>
    </message>
    <message>
        <source>starting again with less memory</source>
        <translation>beginnt neu mit weniger Speicher</translation>
    </message>
    <message>
        <source>load %1</source>
        <translation>%1 laden</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <source>picture %1 of %2 · %3</source>
        <translation>Bild %1 von %2 · %3</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln Token</numerusform>
            <numerusform>%Ln Token</numerusform>
        </translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>done in %1</source>
        <translation>fertig in %1</translation>
    </message>
    <message>
        <source>%1, with less memory</source>
        <translation>%1, mit weniger Speicher</translation>
    </message>
</context>
<context>
    <name>b3o::KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>b3o::LoadDialog</name>
    <message>
        <source>Load a model</source>
        <translation>Modell laden</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>Modellordner</translation>
    </message>
    <message>
        <source>A folder with config.json, the tokenizer and the safetensors files</source>
        <translation>Ein Ordner mit config.json, dem Tokenizer und den Safetensors-Dateien</translation>
    </message>
    <message>
        <source>Browse...</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Browse for a model folder</source>
        <translation>Nach einem Modellordner suchen</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Device: automatic</source>
        <translation>Gerät: automatisch</translation>
    </message>
    <message>
        <source>Device: CPU</source>
        <translation>Gerät: CPU</translation>
    </message>
    <message>
        <source>Device: CUDA</source>
        <translation>Gerät: CUDA</translation>
    </message>
    <message>
        <source>Number type</source>
        <translation>Zahlenformat</translation>
    </message>
    <message>
        <source>Numbers: automatic</source>
        <translation>Zahlen: automatisch</translation>
    </message>
    <message>
        <source>Numbers: fp32</source>
        <translation>Zahlen: fp32</translation>
    </message>
    <message>
        <source>Numbers: bf16</source>
        <translation>Zahlen: bf16</translation>
    </message>
    <message>
        <source>Numbers: fp16</source>
        <translation>Zahlen: fp16</translation>
    </message>
    <message>
        <source>Progress of the loading</source>
        <translation>Fortschritt des Ladens</translation>
    </message>
    <message>
        <source>Make a random tiny model</source>
        <translation>Ein kleines Zufallsmodell erzeugen</translation>
    </message>
    <message>
        <source>A model of a few megabytes with random weights: its answers and pictures are noise, but everything works.</source>
        <translation>Ein Modell von wenigen Megabyte mit zufälligen Gewichten: Antworten und Bilder sind Rauschen, aber alles funktioniert.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Looking for models...</source>
        <translation>Modelle werden gesucht …</translation>
    </message>
    <message>
        <source>No model folder was found.</source>
        <translation>Kein Modellordner wurde gefunden.</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2 %</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Stop loading</source>
        <translation>Laden stoppen</translation>
    </message>
    <message>
        <source>Load the model</source>
        <translation>Das Modell laden</translation>
    </message>
</context>
<context>
    <name>b3o::LogPage</name>
    <message>
        <source>The lines are in the clipboard.</source>
        <translation>Die Zeilen sind in der Zwischenablage.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Lines shown</source>
        <translation>Gezeigte Zeilen</translation>
    </message>
    <message>
        <source>Lines of the log</source>
        <translation>Zeilen des Protokolls</translation>
    </message>
    <message>
        <source>This program writes no log.</source>
        <translation>Dieses Programm schreibt kein Protokoll.</translation>
    </message>
    <message>
        <source>No lines of this kind.</source>
        <translation>Keine Zeilen dieser Art.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the lines that are shown</source>
        <translation>Die gezeigten Zeilen kopieren</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Copy a report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Versions, model, settings, sizes and the last errors, without prompts, names and paths</source>
        <translation>Versionen, Modell, Einstellungen, Größen und die letzten Fehler, ohne Prompts, Namen und Pfade</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln Zeile</numerusform>
            <numerusform>%Ln Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>The report is in the clipboard.</source>
        <translation>Der Bericht ist in der Zwischenablage.</translation>
    </message>
</context>
<context>
    <name>b3o::MainWindow</name>
    <message>
        <source>seed %1</source>
        <translation>Seed %1</translation>
    </message>
    <message>
        <source>Drop to edit the picture</source>
        <translation>Ablegen, um das Bild zu bearbeiten</translation>
    </message>
    <message>
        <source>Drop to compare</source>
        <translation>Ablegen zum Vergleichen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Drop to look for a recipe in it</source>
        <translation>Ablegen, um darin nach einem Rezept zu suchen</translation>
    </message>
    <message>
        <source>Drop to import the pictures</source>
        <translation>Ablegen, um die Bilder zu importieren</translation>
    </message>
    <message>
        <source>Drop to attach the picture</source>
        <translation>Ablegen, um das Bild anzuhängen</translation>
    </message>
</context>
<context>
    <name>b3o::MemoryMeter</name>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
</context>
<context>
    <name>b3o::ModeForm</name>
    <message>
        <source>Outside the mark every pixel stays exactly as it is.</source>
        <translation>Außerhalb der Markierung bleibt jedes Pixel genau, wie es ist.</translation>
    </message>
    <message>
        <source>The model reads the picture and your words.</source>
        <translation>Das Modell liest das Bild und Ihre Worte.</translation>
    </message>
    <message>
        <source>This model was not trained on instructions: it describes the picture, changes the description and draws that, starting from this picture.</source>
        <translation>Dieses Modell wurde nicht auf Anweisungen trainiert: Es beschreibt das Bild, ändert die Beschreibung und zeichnet diese, ausgehend von diesem Bild.</translation>
    </message>
    <message>
        <source>The same content, painted once more.</source>
        <translation>Derselbe Inhalt, noch einmal gemalt.</translation>
    </message>
    <message>
        <source>0 is this picture, 1 the other one.</source>
        <translation>0 ist dieses Bild, 1 das andere.</translation>
    </message>
    <message>
        <source>What is there stays; the new canvas is painted to go with it.</source>
        <translation>Was da ist, bleibt; die neue Fläche wird passend dazu gemalt.</translation>
    </message>
    <message>
        <source>The same picture, its fine parts painted anew.</source>
        <translation>Dasselbe Bild, seine feinen Teile neu gemalt.</translation>
    </message>
    <message>
        <source>What should be different</source>
        <translation>Was anders sein soll</translation>
    </message>
    <message>
        <source>What should be in the new part (may stay empty)</source>
        <translation>Was im neuen Teil sein soll (darf leer bleiben)</translation>
    </message>
    <message>
        <source>What should be there (may stay empty)</source>
        <translation>Was dort sein soll (darf leer bleiben)</translation>
    </message>
    <message>
        <source>Repaint the marked part</source>
        <translation>Markierten Teil neu malen</translation>
    </message>
    <message>
        <source>Change by words</source>
        <translation>Mit Worten ändern</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>Variieren</translation>
    </message>
    <message>
        <source>Blend with another picture</source>
        <translation>Mit anderem Bild mischen</translation>
    </message>
    <message>
        <source>Extend the canvas</source>
        <translation>Fläche erweitern</translation>
    </message>
    <message>
        <source>Repaint details</source>
        <translation>Details neu malen</translation>
    </message>
    <message>
        <source>%1 % · %2 px</source>
        <translation>%1 % · %2 px</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>as the mode does it</source>
        <translation>wie der Modus es tut</translation>
    </message>
    <message>
        <source>What is done to the picture</source>
        <translation>Was mit dem Bild geschieht</translation>
    </message>
    <message>
        <source>Words of the edit</source>
        <translation>Worte der Bearbeitung</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>How much of the painting is done anew</source>
        <translation>Wie viel neu gemalt wird</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>The mark is made this much larger for the run</source>
        <translation>Um so viel wird die Markierung für den Lauf vergrößert</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>Weiche Kante</translation>
    </message>
    <message>
        <source>Old and new are mixed over this width inside the mark</source>
        <translation>Über diese Breite werden innerhalb der Markierung Alt und Neu gemischt</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>How far the content may leave this picture&apos;s: 0 keeps it, 1 takes that of the words alone</source>
        <translation>Wie weit der Inhalt sich von diesem Bild entfernen darf: 0 behält ihn, 1 nimmt allein den der Worte</translation>
    </message>
    <message>
        <source>Between them</source>
        <translation>Dazwischen</translation>
    </message>
    <message>
        <source>0 is this picture, 1 the other one</source>
        <translation>0 ist dieses Bild, 1 das andere</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Rechts</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>Unten</translation>
    </message>
    <message>
        <source>New canvas at this side, as a part of the picture</source>
        <translation>Neue Fläche an dieser Seite, als Anteil des Bildes</translation>
    </message>
    <message>
        <source>Open...</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Open the other picture</source>
        <translation>Das andere Bild öffnen</translation>
    </message>
    <message>
        <source>Film of five</source>
        <translation>Film aus fünf</translation>
    </message>
    <message>
        <source>Five pictures from this one to the other</source>
        <translation>Fünf Bilder von diesem zum anderen</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>Weitere Einstellungen</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>The same seed and settings give the same picture. Empty: a new one for every run.</source>
        <translation>Gleicher Seed und gleiche Einstellungen geben das gleiche Bild. Leer: bei jedem Lauf ein neuer.</translation>
    </message>
    <message>
        <source>Roll a new seed</source>
        <translation>Neuen Seed würfeln</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>Auto</translation>
    </message>
    <message>
        <source>Around</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>What is painted</source>
        <translation>Was gemalt wird</translation>
    </message>
    <message>
        <source>Small marks get their surroundings painted at full size, large ones the picture</source>
        <translation>Bei kleinen Markierungen wird die Umgebung in voller Größe gemalt, bei großen das Bild</translation>
    </message>
    <message>
        <source>Only the surroundings of the mark, at the model&apos;s full size</source>
        <translation>Nur die Umgebung der Markierung, in der vollen Größe des Modells</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>Das ganze Bild</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Repeats of each noisy step</source>
        <translation>Wiederholungen jedes verrauschten Schritts</translation>
    </message>
    <message>
        <source>How often each noisy step is repeated, so that new and old grow together</source>
        <translation>Wie oft jeder verrauschte Schritt wiederholt wird, damit Neu und Alt zusammenwachsen</translation>
    </message>
    <message>
        <source>Keep untouched cells</source>
        <translation>Unberührte Zellen behalten</translation>
    </message>
    <message>
        <source>Cells of the 8 × 8 grid that the mark leaves alone keep their tokens</source>
        <translation>Zellen des 8×8-Rasters, die die Markierung nicht berührt, behalten ihre Token</translation>
    </message>
    <message>
        <source>Soft mark changes less</source>
        <translation>Weiche Markierung ändert weniger</translation>
    </message>
    <message>
        <source>Where the mark is faint, less is repainted; otherwise all of it is</source>
        <translation>Wo die Markierung schwach ist, wird weniger neu gemalt; sonst alles</translation>
    </message>
    <message>
        <source>Leave the mark out</source>
        <translation>Markierung nicht beachten</translation>
    </message>
    <message>
        <source>Change the whole picture although a part is marked</source>
        <translation>Das ganze Bild ändern, obwohl ein Teil markiert ist</translation>
    </message>
    <message>
        <source>no other picture yet</source>
        <translation>noch kein anderes Bild</translation>
    </message>
    <message>
        <source>What is marked plays no part here.</source>
        <translation>Was markiert ist, spielt hier keine Rolle.</translation>
    </message>
</context>
<context>
    <name>b3o::ModelChip</name>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>load failed</source>
        <translation>Laden fehlgeschlagen</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Lädt</translation>
    </message>
    <message>
        <source>resting</source>
        <translation>ruht</translation>
    </message>
    <message>
        <source>Model: %1 %2</source>
        <translation>Modell: %1 %2</translation>
    </message>
    <message>
        <source>Its memory was given back; the next question or picture loads it again. %1</source>
        <translation>Sein Speicher wurde zurückgegeben; die nächste Frage oder das nächste Bild lädt es wieder. %1</translation>
    </message>
</context>
<context>
    <name>b3o::ModelState</name>
    <message>
        <source>%1: the folder cannot be made.</source>
        <translation>%1: Der Ordner kann nicht angelegt werden.</translation>
    </message>
    <message>
        <source>%1: cannot be renamed to %2.</source>
        <translation>%1: kann nicht in %2 umbenannt werden.</translation>
    </message>
    <message>
        <source>making a random tiny model</source>
        <translation>kleines Zufallsmodell wird erzeugt</translation>
    </message>
    <message>
        <source>waiting for the running job</source>
        <translation>wartet auf den laufenden Auftrag</translation>
    </message>
    <message>
        <source>reading the folder</source>
        <translation>Ordner wird gelesen</translation>
    </message>
</context>
<context>
    <name>b3o::NumberRow</name>
    <message>
        <source>%1, as a number</source>
        <translation>%1, als Zahl</translation>
    </message>
</context>
<context>
    <name>b3o::PictureExport</name>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
    <message>
        <source>Copied with its recipe.</source>
        <translation>Mit seinem Rezept kopiert.</translation>
    </message>
</context>
<context>
    <name>b3o::PictureView</name>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1 %2 von %3</translation>
    </message>
    <message>
        <source>Waiting for the running job</source>
        <translation>Wartet auf den laufenden Auftrag</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>Ändert</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>Zeichnet</translation>
    </message>
    <message>
        <source>Stopped: the last estimate, not a result</source>
        <translation>Gestoppt: die letzte Schätzung, kein Ergebnis</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>Gezeichnet</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Seed %1</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 Schritte</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln Schritt</numerusform>
            <numerusform>%Ln Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>Guidance %1</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Once more, with another seed</source>
        <translation>Noch einmal, mit anderem Seed</translation>
    </message>
    <message>
        <source>Ask about it</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Attach the picture to the next question</source>
        <translation>Das Bild an die nächste Frage anhängen</translation>
    </message>
    <message>
        <source>Change it...</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Say what should be different in the picture</source>
        <translation>Sagen, was im Bild anders sein soll</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Show everything that decided the picture</source>
        <translation>Alles zeigen, was das Bild bestimmt hat</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save the picture as PNG with its recipe inside</source>
        <translation>Das Bild als PNG mit seinem Rezept darin speichern</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the picture with its recipe</source>
        <translation>Das Bild mit seinem Rezept kopieren</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>Stopp (Esc)</translation>
    </message>
    <message>
        <source>Stop this picture</source>
        <translation>Dieses Bild stoppen</translation>
    </message>
    <message>
        <source>Progress of the picture</source>
        <translation>Fortschritt des Bildes</translation>
    </message>
    <message>
        <source>The picture that is drawn now</source>
        <translation>Das Bild, das gerade gezeichnet wird</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>Das Bild</translation>
    </message>
    <message>
        <source>estimate, not the result</source>
        <translation>Schätzung, nicht das Ergebnis</translation>
    </message>
    <message>
        <source>reading the picture</source>
        <translation>das Bild wird gelesen</translation>
    </message>
    <message>
        <source>Open in Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Mark a part of the picture and change it there</source>
        <translation>Dort einen Teil des Bildes markieren und ändern</translation>
    </message>
</context>
<context>
    <name>b3o::PlainText</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
</context>
<context>
    <name>b3o::ProposalRow</name>
    <message>
        <source>Proposals</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Proposal %1, seed %2; click again to see the picture and its mark</source>
        <translation>Vorschlag %1, Seed %2; noch einmal klicken, um Bild und Markierung zu sehen</translation>
    </message>
</context>
<context>
    <name>b3o::QuestionView</name>
    <message>
        <source>Your question</source>
        <translation>Ihre Frage</translation>
    </message>
    <message>
        <source>Edit the question and send it again</source>
        <translation>Die Frage ändern und erneut senden</translation>
    </message>
    <message>
        <source>Copy the question</source>
        <translation>Frage kopieren</translation>
    </message>
    <message>
        <source>Delete the question and its answer</source>
        <translation>Die Frage und ihre Antwort löschen</translation>
    </message>
    <message>
        <source>reading %1</source>
        <translation>%1 wird gelesen</translation>
    </message>
    <message>
        <source>The question, changed</source>
        <translation>Die geänderte Frage</translation>
    </message>
    <message>
        <source>Sent as a branch; the old one stays</source>
        <translation>Wird als Zweig gesendet; die alte bleibt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
</context>
<context>
    <name>b3o::QueueList</name>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1, interrupted</source>
        <translation>%1, unterbrochen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Nach vorn</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Nach hinten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>Aus der Warteschlange entfernen</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>Nichts wartet</translation>
    </message>
    <message>
        <source>%1 waiting, paused</source>
        <translation>%1 wartend, angehalten</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 wartend</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on with the queue</source>
        <translation>Warteschlange fortsetzen</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>Warteschlange anhalten</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>b3o::Rail</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
</context>
<context>
    <name>b3o::RecipeOffer</name>
    <message>
        <source>%1 holds a recipe: &quot;%2&quot;, seed %3.</source>
        <translation>%1 enthält ein Rezept: „%2“, Seed %3.</translation>
    </message>
</context>
<context>
    <name>b3o::RecipePanel</name>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln Schritt</numerusform>
            <numerusform>%Ln Schritte</numerusform>
        </translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>Guidance %1</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Copy the picture with its recipe (Ctrl+C)</source>
        <translation>Das Bild mit seinem Rezept kopieren (Strg+C)</translation>
    </message>
    <message>
        <source>Save PNG</source>
        <translation>Als PNG</translation>
    </message>
    <message>
        <source>Save the picture as PNG</source>
        <translation>Das Bild als PNG speichern</translation>
    </message>
    <message>
        <source>Save the picture with its recipe inside (Ctrl+S)</source>
        <translation>Das Bild mit seinem Rezept darin speichern (Strg+S)</translation>
    </message>
    <message>
        <source>Save without metadata</source>
        <translation>Ohne Metadaten</translation>
    </message>
    <message>
        <source>Save the picture without recipe and other metadata</source>
        <translation>Das Bild ohne Rezept und andere Metadaten speichern</translation>
    </message>
    <message>
        <source>Save the pixels alone, without recipe, tokens and any other text (Ctrl+Shift+S)</source>
        <translation>Nur die Pixel speichern, ohne Rezept, Token und anderen Text (Strg+Umschalt+S)</translation>
    </message>
    <message>
        <source>The recipe of a picture appears here.</source>
        <translation>Hier erscheint das Rezept eines Bildes.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>in the file (%L1 KB)</source>
        <translation>in der Datei (%L1 KB)</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Save the picture without metadata</source>
        <translation>Das Bild ohne Metadaten speichern</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>Open in Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Mark a part of the picture and change it there</source>
        <translation>Dort einen Teil des Bildes markieren und ändern</translation>
    </message>
</context>
<context>
    <name>b3o::RoundTripCard</name>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare the picture with its round trip</source>
        <translation>Das Bild mit seinem Rundweg vergleichen</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Rundweg</translation>
    </message>
    <message>
        <source>The model reads the picture and paints what it kept of it.</source>
        <translation>Das Modell liest das Bild und malt, was es davon behalten hat.</translation>
    </message>
    <message>
        <source>No round trip</source>
        <translation>Kein Rundweg</translation>
    </message>
    <message>
        <source>Round trip %1</source>
        <translation>Rundweg %1</translation>
    </message>
    <message>
        <source>What the model keeps of this picture before any change.</source>
        <translation>Was das Modell von diesem Bild vor jeder Änderung behält.</translation>
    </message>
    <message>
        <source>It is read at %1 × %2.</source>
        <translation>Es wird mit %1 × %2 gelesen.</translation>
    </message>
    <message>
        <source>It is read squashed to %1 × %2.</source>
        <translation>Es wird auf %1 × %2 gestaucht gelesen.</translation>
    </message>
    <message>
        <source>It is read cropped to its middle square, at %1 × %2; the rest is not seen.</source>
        <translation>Es wird auf sein mittleres Quadrat mit %1 × %2 beschnitten gelesen; der Rest wird nicht gesehen.</translation>
    </message>
</context>
<context>
    <name>b3o::SelfCheck</name>
    <message>
        <source>redrawing, try %1 of %2</source>
        <translation>wird neu gezeichnet, Versuch %1 von %2</translation>
    </message>
    <message>
        <source>asking</source>
        <translation>fragt</translation>
    </message>
    <message>
        <source>%1 of %2 fit</source>
        <translation>%1 von %2 passen</translation>
    </message>
</context>
<context>
    <name>b3o::SessionList</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Bring the removed session back</source>
        <translation>Entfernte Sitzung zurückholen</translation>
    </message>
    <message>
        <source>Unnamed session</source>
        <translation>Unbenannte Sitzung</translation>
    </message>
    <message>
        <source>Remove the session %1</source>
        <translation>Sitzung %1 entfernen</translation>
    </message>
    <message>
        <source>Remove; it can be brought back</source>
        <translation>Entfernen; sie lässt sich zurückholen</translation>
    </message>
    <message>
        <source>No session is kept yet</source>
        <translation>Noch keine Sitzung aufbewahrt</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Bring the session %1 back</source>
        <translation>Sitzung %1 zurückholen</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Delete the session %1 for good</source>
        <translation>Sitzung %1 endgültig löschen</translation>
    </message>
    <message>
        <source>Delete for good; this cannot be undone</source>
        <translation>Endgültig löschen; das lässt sich nicht rückgängig machen</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
</context>
<context>
    <name>b3o::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>Keine Einstellung enthält diese Worte.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
</context>
<context>
    <name>b3o::StatusLine</name>
    <message>
        <source>Progress of the running job</source>
        <translation>Fortschritt des laufenden Auftrags</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop the running job</source>
        <translation>Laufenden Auftrag stoppen</translation>
    </message>
    <message>
        <source>Stop the running job (Esc)</source>
        <translation>Laufenden Auftrag stoppen (Esc)</translation>
    </message>
    <message>
        <source>What waits: order, pause, remove</source>
        <translation>Was wartet: ordnen, anhalten, entfernen</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Memory of this program</source>
        <translation>Speicher dieses Programms</translation>
    </message>
    <message>
        <source>%1 waiting, paused</source>
        <translation>%1 wartend, angehalten</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 wartend</translation>
    </message>
</context>
<context>
    <name>b3o::Thumbnail</name>
    <message>
        <source>Picture %1</source>
        <translation>Bild %1</translation>
    </message>
</context>
<context>
    <name>b3o::ToolColumn</name>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Move the picture (Esc); the middle button moves it with any tool</source>
        <translation>Das Bild verschieben (Esc); die mittlere Maustaste verschiebt es mit jedem Werkzeug</translation>
    </message>
    <message>
        <source>Mark with the brush (B); [ and ] change its size</source>
        <translation>Mit dem Pinsel markieren (B); [ und ] ändern seine Größe</translation>
    </message>
    <message>
        <source>Take the mark away (E); X swaps brush and eraser</source>
        <translation>Markierung wegnehmen (E); X tauscht Pinsel und Radierer</translation>
    </message>
    <message>
        <source>Mark a rectangle; with Alt take it out of the mark</source>
        <translation>Ein Rechteck markieren; mit Alt aus der Markierung nehmen</translation>
    </message>
    <message>
        <source>Mark what you draw around; with Alt take it out of the mark</source>
        <translation>Das Umfahrene markieren; mit Alt aus der Markierung nehmen</translation>
    </message>
    <message>
        <source>Turn the mark around</source>
        <translation>Markierung umkehren</translation>
    </message>
    <message>
        <source>Mark what is not marked, and the other way round (Shift+V)</source>
        <translation>Markieren, was nicht markiert ist, und umgekehrt (Umschalt+V)</translation>
    </message>
</context>
<context>
    <name>b3o::ToolOptions</name>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>Härte</translation>
    </message>
    <message>
        <source>Size of the brush</source>
        <translation>Größe des Pinsels</translation>
    </message>
    <message>
        <source>Size of the brush in pixels of the picture ([ and ])</source>
        <translation>Größe des Pinsels in Pixeln des Bildes ([ und ])</translation>
    </message>
    <message>
        <source>Hardness of the brush</source>
        <translation>Härte des Pinsels</translation>
    </message>
    <message>
        <source>How much of the brush marks fully; the rest fades out</source>
        <translation>Wie viel des Pinsels voll markiert; der Rest läuft aus</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Mark in blue</source>
        <translation>Blau markieren</translation>
    </message>
    <message>
        <source>Mark in red</source>
        <translation>Rot markieren</translation>
    </message>
    <message>
        <source>Mark in green</source>
        <translation>Grün markieren</translation>
    </message>
    <message>
        <source>Mark in yellow</source>
        <translation>Gelb markieren</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>Change the whole mark</source>
        <translation>Die ganze Markierung ändern</translation>
    </message>
    <message>
        <source>Grow by %1 px</source>
        <translation>Um %1 px vergrößern</translation>
    </message>
    <message>
        <source>Shrink by %1 px</source>
        <translation>Um %1 px verkleinern</translation>
    </message>
    <message>
        <source>Soften over %1 px inside its edge</source>
        <translation>Über %1 px innerhalb des Randes weichzeichnen</translation>
    </message>
</context>
<context>
    <name>b3o::TurnActions</name>
    <message>
        <source>The branch before</source>
        <translation>Der Zweig davor</translation>
    </message>
    <message>
        <source>The next branch</source>
        <translation>Der nächste Zweig</translation>
    </message>
</context>
<context>
    <name>b3o::UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>Rückgängig (Strg+Z)</translation>
    </message>
    <message>
        <source>Hide this</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>Wiederholen (Strg+Umschalt+Z)</translation>
    </message>
</context>
</TS>
