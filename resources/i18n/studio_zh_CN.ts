<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en_US">
<context>
    <name>Actions</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Edit and compare</source>
        <translation>编辑与比较</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Ask about pictures and anything else</source>
        <translation>询问图片或任何内容</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创作</translation>
    </message>
    <message>
        <source>Draw a picture from words</source>
        <translation>用文字画一张图</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Change a picture by marks and words</source>
        <translation>用标记和文字修改图片</translation>
    </message>
    <message>
        <source>See every picture that was kept</source>
        <translation>查看保存的所有图片</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Look at two pictures and at what differs</source>
        <translation>查看两张图片及其差异</translation>
    </message>
    <message>
        <source>Run this page</source>
        <translation>运行本页</translation>
    </message>
    <message>
        <source>Send the question, draw, or propose an edit</source>
        <translation>发送问题、绘图或生成编辑结果</translation>
    </message>
    <message>
        <source>Run first</source>
        <translation>优先运行</translation>
    </message>
    <message>
        <source>Draw before everything that waits</source>
        <translation>排在所有等待任务之前绘制</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the running job; on the Edit page also leave the tool</source>
        <translation>停止当前任务；在编辑页还会退出工具</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take back the last step, bring back what was deleted last</source>
        <translation>撤销上一步，恢复最近删除的内容</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Do again what was taken back</source>
        <translation>重做被撤销的操作</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send the question</source>
        <translation>发送问题</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Start a line in the question</source>
        <translation>在问题中另起一行</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建聊天</translation>
    </message>
    <message>
        <source>Start a new conversation</source>
        <translation>开始新的对话</translation>
    </message>
    <message>
        <source>Attach a picture...</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Attach pictures to the question</source>
        <translation>为问题添加图片</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>粘贴图片</translation>
    </message>
    <message>
        <source>Attach the clipboard&apos;s picture to the question, or edit it</source>
        <translation>将剪贴板中的图片添加到问题，或进行编辑</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Write the last answer, or draw the last picture, once more</source>
        <translation>重新生成上一个回答或上一张图</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the conversations</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>Rename the conversation</source>
        <translation>重命名对话</translation>
    </message>
    <message>
        <source>Give the open conversation another name</source>
        <translation>为当前对话换一个名称</translation>
    </message>
    <message>
        <source>Delete the conversation</source>
        <translation>删除对话</translation>
    </message>
    <message>
        <source>Delete the open conversation; undo brings it back</source>
        <translation>删除当前对话，可撤销</translation>
    </message>
    <message>
        <source>Export the conversation...</source>
        <translation>导出对话…</translation>
    </message>
    <message>
        <source>Write the open conversation as Markdown, web page or JSON</source>
        <translation>将当前对话导出为 Markdown、网页或 JSON</translation>
    </message>
    <message>
        <source>Import a conversation...</source>
        <translation>导入对话…</translation>
    </message>
    <message>
        <source>Read a conversation that was exported as JSON</source>
        <translation>读取以 JSON 导出的对话</translation>
    </message>
    <message>
        <source>Choose Ask, Draw or Edit by the words</source>
        <translation>根据文字选择提问、绘图或编辑</translation>
    </message>
    <message>
        <source>Switch the automatic choice on or off</source>
        <translation>打开或关闭自动选择</translation>
    </message>
    <message>
        <source>Earlier prompt</source>
        <translation>上一条提示词</translation>
    </message>
    <message>
        <source>Go back to the prompt before</source>
        <translation>回到前一条提示词</translation>
    </message>
    <message>
        <source>Later prompt</source>
        <translation>下一条提示词</translation>
    </message>
    <message>
        <source>Go on to the prompt after</source>
        <translation>转到后一条提示词</translation>
    </message>
    <message>
        <source>Save PNG...</source>
        <translation>保存 PNG…</translation>
    </message>
    <message>
        <source>Save the picture with its recipe inside</source>
        <translation>保存图片，并内含其配方</translation>
    </message>
    <message>
        <source>Save PNG without metadata...</source>
        <translation>保存不含元数据的 PNG…</translation>
    </message>
    <message>
        <source>Save the pixels without recipe and other metadata</source>
        <translation>仅保存像素，不含配方和其他元数据</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy the picture with its recipe</source>
        <translation>复制图片及其配方</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Fit the picture into the window</source>
        <translation>让图片适合窗口</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Show one pixel of the picture as one of the screen</source>
        <translation>图片的一个像素显示为屏幕的一个像素</translation>
    </message>
    <message>
        <source>Open a picture...</source>
        <translation>打开图片…</translation>
    </message>
    <message>
        <source>Open a picture to edit, or pictures to compare</source>
        <translation>打开要编辑的图片，或要比较的图片</translation>
    </message>
    <message>
        <source>Export the session...</source>
        <translation>导出会话…</translation>
    </message>
    <message>
        <source>Write the editing session into one file</source>
        <translation>将编辑会话写入一个文件</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Mark with the brush</source>
        <translation>用画笔标记</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Take the mark away</source>
        <translation>擦除标记</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>缩小画笔</translation>
    </message>
    <message>
        <source>Make the brush smaller</source>
        <translation>让画笔变小</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>放大画笔</translation>
    </message>
    <message>
        <source>Make the brush larger</source>
        <translation>让画笔变大</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>交换</translation>
    </message>
    <message>
        <source>Swap brush and eraser; on the Compare page left and right</source>
        <translation>切换画笔和橡皮擦；在比较页交换左右</translation>
    </message>
    <message>
        <source>Turn the mark around</source>
        <translation>反转标记</translation>
    </message>
    <message>
        <source>Mark what is not marked, and the other way round</source>
        <translation>标记与未标记互换</translation>
    </message>
    <message>
        <source>Before, while held</source>
        <translation>按住显示修改前</translation>
    </message>
    <message>
        <source>Show the picture before the change; on the Compare page the other picture</source>
        <translation>显示修改前的图片；在比较页显示另一张</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Go from picture to picture</source>
        <translation>在图片之间移动</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>加星标</translation>
    </message>
    <message>
        <source>Give the chosen pictures a star, or take it</source>
        <translation>为所选图片添加或移除星标</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Put the chosen pictures into the trash</source>
        <translation>将所选图片移到回收站</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Choose every picture that is shown</source>
        <translation>选择显示的所有图片</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>相似图片</translation>
    </message>
    <message>
        <source>Show the pictures most like the chosen one</source>
        <translation>显示与所选图片最相似的图片</translation>
    </message>
    <message>
        <source>Keep tokens in pictures</source>
        <translation>在图片中保留 Token</translation>
    </message>
    <message>
        <source>New pictures hold what they were painted from, so that they can be repainted</source>
        <translation>新图片内含其绘制来源，因此可以重绘</translation>
    </message>
    <message>
        <source>Load a model...</source>
        <translation>加载模型…</translation>
    </message>
    <message>
        <source>Load another model folder</source>
        <translation>加载其他模型文件夹</translation>
    </message>
    <message>
        <source>Settings...</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Change theme, size, language and what the program does by itself</source>
        <translation>更改主题、大小、语言和自动行为</translation>
    </message>
    <message>
        <source>Change dark and light</source>
        <translation>切换深色和浅色</translation>
    </message>
    <message>
        <source>Change between the dark and the light theme</source>
        <translation>在深色与浅色主题之间切换</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Show the last lines of the program&apos;s log</source>
        <translation>显示程序日志的最后几行</translation>
    </message>
    <message>
        <source>Copy a report</source>
        <translation>复制诊断报告</translation>
    </message>
    <message>
        <source>Copy versions, model, settings and last errors, without prompts, names and paths</source>
        <translation>复制版本、模型、设置和最近的错误，不含提示词、姓名和路径</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Show every key</source>
        <translation>显示所有快捷键</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>关闭程序</translation>
    </message>
</context>
<context>
    <name>Conversation</name>
    <message>
        <source>This is too long: the model takes %L1 tokens and would refuse. Delete turns, use smaller pictures or start a new chat.</source>
        <translation>内容过长：模型最多接受 %L1 个 Token，会拒绝处理。请删除一些轮次、使用更小的图片或新建聊天。</translation>
    </message>
    <message>
        <source>Nearly full: the answer ends after about %L1 tokens. Delete turns or start a new chat to make room.</source>
        <translation>即将用满：回答约 %L1 个 Token 后结束。请删除一些轮次或新建聊天以腾出空间。</translation>
    </message>
</context>
<context>
    <name>CreateForm</name>
    <message>
        <source>paint guidance %1</source>
        <translation>绘制引导强度 %1</translation>
    </message>
    <message>
        <source>the sampler %1</source>
        <translation>采样器 %1</translation>
    </message>
    <message>
        <source>%1 paint steps</source>
        <translation>%1 个绘制步</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 像素</translation>
    </message>
    <message>
        <source>This model does not offer %1; its own setting stays.</source>
        <translation>此模型不支持%1，保留其自身设置。</translation>
    </message>
    <message>
        <source>This model does not draw.</source>
        <translation>此模型不能绘图。</translation>
    </message>
    <message>
        <source>Write what to draw.</source>
        <translation>请写下要画的内容。</translation>
    </message>
    <message>
        <source>The seed must be a whole number from 0 to 18446744073709551615.</source>
        <translation>种子必须是 0 到 18446744073709551615 之间的整数。</translation>
    </message>
    <message>
        <source>This model does not paint in %1 steps.</source>
        <translation>此模型不能用 %1 步绘制。</translation>
    </message>
    <message>
        <source>This model paints only pictures of %1 × %2 pixels.</source>
        <translation>此模型只能绘制 %1 × %2 像素的图片。</translation>
    </message>
    <message>
        <source>No side may be longer than %1 pixels.</source>
        <translation>任何一边都不能超过 %1 像素。</translation>
    </message>
    <message>
        <source>Both sides must be multiples of %1 pixels.</source>
        <translation>两边都必须是 %1 像素的倍数。</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>EditForm</name>
    <message>
        <source>Choose a side and how far it grows.</source>
        <translation>请选择一边及其扩展幅度。</translation>
    </message>
    <message>
        <source>One pass extends a side by at most %1 pixels, half of the picture; go further in a second pass.</source>
        <translation>一次最多将一边扩展 %1 像素（图片的一半），更多请再做一次。</translation>
    </message>
    <message>
        <source>A picture of %1 × %2 pixels is too large.</source>
        <translation>%1 × %2 像素的图片太大。</translation>
    </message>
    <message>
        <source>a touch</source>
        <translation>轻微</translation>
    </message>
    <message>
        <source>a little</source>
        <translation>少许</translation>
    </message>
    <message>
        <source>clearly</source>
        <translation>明显</translation>
    </message>
    <message>
        <source>mostly</source>
        <translation>大部分</translation>
    </message>
    <message>
        <source>all of it</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>This model cannot change a picture in this way.</source>
        <translation>此模型不能以这种方式修改图片。</translation>
    </message>
    <message>
        <source>Mark what should be repainted.</source>
        <translation>请标出要重绘的部分。</translation>
    </message>
    <message>
        <source>Write what to change.</source>
        <translation>请写下要更改的内容。</translation>
    </message>
    <message>
        <source>Choose the picture to blend with.</source>
        <translation>请选择要混合的图片。</translation>
    </message>
    <message>
        <source>The strength must be above 0 and at most 1.</source>
        <translation>强度必须大于 0 且不超过 1。</translation>
    </message>
    <message>
        <source>The number of results must be from 1 to %1.</source>
        <translation>结果数量必须在 1 到 %1 之间。</translation>
    </message>
    <message>
        <source>A film has at least two pictures.</source>
        <translation>序列至少需要两张图片。</translation>
    </message>
    <message>
        <source>The mask grows and fades by at most %1 pixels.</source>
        <translation>蒙版最多扩展和羽化 %1 像素。</translation>
    </message>
    <message>
        <source>The seed must be a whole number from 0 to 18446744073709551615.</source>
        <translation>种子必须是 0 到 18446744073709551615 之间的整数。</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message numerus="yes">
        <source>After %n hour(s)</source>
        <translation>
            <numerusform>%n 小时后</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>After %n minute(s)</source>
        <translation>
            <numerusform>%n 分钟后</numerusform>
        </translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>dark light colours appearance night mode</source>
        <translation>深色 浅色 颜色 外观 夜间模式</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Size of everything</source>
        <translation>界面大小</translation>
    </message>
    <message>
        <source>scale zoom font text spacing larger smaller</source>
        <translation>缩放 字体 文字 间距 放大 缩小</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>下次启动时生效。</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>language locale English German Chinese translation</source>
        <translation>语言 英语 德语 中文 翻译</translation>
    </message>
    <message>
        <source>Models answer in the languages they know.</source>
        <translation>模型用它会的语言回答。</translation>
    </message>
    <message>
        <source>Give memory back</source>
        <translation>释放内存</translation>
    </message>
    <message>
        <source>idle unload RAM GPU minutes free</source>
        <translation>空闲 卸载 内存 显存 GPU 分钟 释放</translation>
    </message>
    <message>
        <source>Without work for so long, the model leaves the memory; the next job loads it again.</source>
        <translation>空闲这么久后，模型会退出内存，下一个任务会重新加载。</translation>
    </message>
    <message>
        <source>Choose Ask, Draw or Edit by the words</source>
        <translation>根据文字选择提问、绘图或编辑</translation>
    </message>
    <message>
        <source>automatic intent auto sending</source>
        <translation>自动 意图 发送</translation>
    </message>
    <message>
        <source>The choice shows before it runs, and one click changes it.</source>
        <translation>选择会在运行前显示，单击即可更改。</translation>
    </message>
    <message>
        <source>Keep tokens in new pictures</source>
        <translation>在新图片中保留 Token</translation>
    </message>
    <message>
        <source>recipe metadata PNG repaint file size</source>
        <translation>配方 元数据 PNG 重绘 文件大小</translation>
    </message>
    <message>
        <source>With them a picture can be repainted, and its file is larger.</source>
        <translation>有了它们可以重绘图片，但文件更大。</translation>
    </message>
</context>
<context>
    <name>b3o::AnswerText</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>b3o::AnswerView</name>
    <message>
        <source>Waiting for the running job</source>
        <translation>正在等待当前任务</translation>
    </message>
    <message>
        <source>Reading the question</source>
        <translation>正在读取问题</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个 Token</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>复制回答</translation>
    </message>
</context>
<context>
    <name>b3o::AttachmentChip</name>
    <message>
        <source>reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>b3o::Canvas</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>The plan: one colour a token, colours are a projection</source>
        <translation>规划图：每个 Token 一种颜色，颜色为投影</translation>
    </message>
</context>
<context>
    <name>b3o::ChatCheck</name>
    <message>
        <source>The model checks its own picture: %1</source>
        <translation>由模型检查自己的图片：%1</translation>
    </message>
</context>
<context>
    <name>b3o::ChatPage</name>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>未加载模型</translation>
    </message>
    <message>
        <source>Load a model folder to ask and to draw.</source>
        <translation>加载模型文件夹后即可提问和绘图。</translation>
    </message>
    <message>
        <source>Load a model</source>
        <translation>加载模型</translation>
    </message>
    <message>
        <source>This model does not chat</source>
        <translation>此模型不能聊天</translation>
    </message>
    <message>
        <source>It draws: describe a picture below, or go to Create.</source>
        <translation>它能绘图：在下方描述图片，或转到“创作”。</translation>
    </message>
    <message>
        <source>Ask about the picture</source>
        <translation>询问这张图片</translation>
    </message>
    <message>
        <source>Or say what should be different in it.</source>
        <translation>或说明要更改的地方。</translation>
    </message>
    <message>
        <source>What is in this picture?</source>
        <translation>这张图片里有什么？</translation>
    </message>
    <message>
        <source>How many things do you see, and which colours are they?</source>
        <translation>你看到多少样东西？分别是什么颜色？</translation>
    </message>
    <message>
        <source>Describe the picture in one sentence.</source>
        <translation>用一句话描述这张图片。</translation>
    </message>
    <message>
        <source>Ask or draw something</source>
        <translation>提问或画点什么</translation>
    </message>
    <message>
        <source>Ask something</source>
        <translation>问点什么</translation>
    </message>
    <message>
        <source>Drop or paste a picture to ask about it.</source>
        <translation>拖入或粘贴图片即可就其提问。</translation>
    </message>
    <message>
        <source>Name three animals that live in the sea.</source>
        <translation>说出三种生活在海里的动物。</translation>
    </message>
    <message>
        <source>Explain in two sentences why the sky is blue.</source>
        <translation>用两句话解释天空为什么是蓝色的。</translation>
    </message>
    <message>
        <source>Write two lines about a lighthouse at night.</source>
        <translation>写两行关于夜晚灯塔的文字。</translation>
    </message>
    <message>
        <source>Attach pictures</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.webp *.bmp)</source>
        <translation>图片 (*.png *.jpg *.jpeg *.webp *.bmp)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Export the conversation</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Markdown with pictures beside it (*.md)</source>
        <translation>Markdown 及图片文件 (*.md)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>Everything, to import again (*.json)</source>
        <translation>全部内容，可再次导入 (*.json)</translation>
    </message>
    <message>
        <source>Import a conversation</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Conversations (*.json)</source>
        <translation>对话 (*.json)</translation>
    </message>
</context>
<context>
    <name>b3o::CheckPanel</name>
    <message>
        <source>Check list</source>
        <translation>检查清单</translation>
    </message>
    <message>
        <source>Check each picture</source>
        <translation>检查每张图片</translation>
    </message>
    <message>
        <source>Ask the model about every picture it draws, and draw once more what fails</source>
        <translation>就每张图片询问模型，不合格的重新绘制</translation>
    </message>
    <message>
        <source>Redraw at most</source>
        <translation>最多重画</translation>
    </message>
    <message>
        <source>Redraws at most</source>
        <translation>最多重画次数</translation>
    </message>
    <message>
        <source>The model checks its own picture.</source>
        <translation>由模型检查自己的图片。</translation>
    </message>
</context>
<context>
    <name>b3o::Choice</name>
    <message>
        <source>Choices</source>
        <translation>选项</translation>
    </message>
</context>
<context>
    <name>b3o::Compare</name>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Whole text</source>
        <translation>完整文本</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Plan steps</source>
        <translation>规划步数</translation>
    </message>
    <message>
        <source>Plan guidance</source>
        <translation>规划引导强度</translation>
    </message>
    <message>
        <source>Exact times</source>
        <translation>精确时间</translation>
    </message>
    <message>
        <source>Paint sampler</source>
        <translation>绘制采样器</translation>
    </message>
    <message>
        <source>Paint spacing</source>
        <translation>绘制步距</translation>
    </message>
    <message>
        <source>Paint steps</source>
        <translation>绘制步数</translation>
    </message>
    <message>
        <source>Paint guidance</source>
        <translation>绘制引导强度</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Way of the words</source>
        <translation>文字的处理方式</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Between the pictures</source>
        <translation>两图之间</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Keep untouched cells</source>
        <translation>保留未标记的单元</translation>
    </message>
    <message>
        <source>Soft mark</source>
        <translation>柔和标记</translation>
    </message>
    <message>
        <source>Only around the mark</source>
        <translation>仅标记周围</translation>
    </message>
    <message>
        <source>Surroundings in pixels</source>
        <translation>周边（像素）</translation>
    </message>
    <message>
        <source>New canvas left</source>
        <translation>左侧新画布</translation>
    </message>
    <message>
        <source>New canvas above</source>
        <translation>上方新画布</translation>
    </message>
    <message>
        <source>New canvas right</source>
        <translation>右侧新画布</translation>
    </message>
    <message>
        <source>New canvas below</source>
        <translation>下方新画布</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Source picture</source>
        <translation>源图片</translation>
    </message>
    <message>
        <source>Other picture</source>
        <translation>另一张图片</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>蒙版</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Model&apos;s hash</source>
        <translation>模型哈希</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>The right picture (%1 × %2) is shown at the size of the left one (%3 × %4).</source>
        <translation>右图（%1 × %2）按左图大小（%3 × %4）显示。</translation>
    </message>
    <message>
        <source>Every pixel is equal.</source>
        <translation>所有像素都相同。</translation>
    </message>
    <message>
        <source>Told width</source>
        <translation>标注宽度</translation>
    </message>
    <message>
        <source>Told height</source>
        <translation>标注高度</translation>
    </message>
    <message>
        <source>Told crop left</source>
        <translation>标注左侧裁剪</translation>
    </message>
    <message>
        <source>Told crop above</source>
        <translation>标注上方裁剪</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>%L1 of %L2 pixels differ (%3&#xa0;%), the most by %4 of 255.</source>
        <translation>%L2 个像素中有 %L1 个不同（%3%），最大差 %4/255。</translation>
    </message>
</context>
<context>
    <name>b3o::CompareCanvas</name>
    <message>
        <source>The two pictures</source>
        <translation>两张图片</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
</context>
<context>
    <name>b3o::ComparePage</name>
    <message>
        <source>Open the left picture</source>
        <translation>打开左图</translation>
    </message>
    <message>
        <source>Open the right picture</source>
        <translation>打开右图</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Slider</source>
        <translation>滑动</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>切换</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>How to compare</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>Left of the line the left picture, right of it the right one</source>
        <translation>线左边是左图，线右边是右图</translation>
    </message>
    <message>
        <source>Both pictures, zoomed and moved together</source>
        <translation>两张图片同步缩放和移动</translation>
    </message>
    <message>
        <source>The left picture; the right one while Space or the mouse is held</source>
        <translation>显示左图，按住空格或鼠标时显示右图</translation>
    </message>
    <message>
        <source>Brighter where the pictures differ more</source>
        <translation>差异越大越亮</translation>
    </message>
    <message>
        <source>Fit the pictures into the window</source>
        <translation>让图片适合窗口</translation>
    </message>
    <message>
        <source>Fit the pictures into the window (Ctrl+0)</source>
        <translation>让图片适合窗口 (Ctrl+0)</translation>
    </message>
    <message>
        <source>Swap</source>
        <translation>交换</translation>
    </message>
    <message>
        <source>Swap left and right</source>
        <translation>交换左右</translation>
    </message>
    <message>
        <source>Swap left and right (X)</source>
        <translation>交换左右 (X)</translation>
    </message>
    <message>
        <source>hold Space: the right picture</source>
        <translation>按住空格：右图</translation>
    </message>
    <message>
        <source>four times as strong</source>
        <translation>增强四倍</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Reading the pictures</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>One more picture</source>
        <translation>再来一张图片</translation>
    </message>
    <message>
        <source>Drop it here, or open a file.</source>
        <translation>拖到这里，或打开文件。</translation>
    </message>
    <message>
        <source>Compare two pictures</source>
        <translation>比较两张图片</translation>
    </message>
    <message>
        <source>Drop two files here, choose two in the Gallery, or take them from an edit&apos;s history.</source>
        <translation>将两个文件拖到这里，在图库中选择两张，或取自编辑历史。</translation>
    </message>
    <message>
        <source>Or draw one prompt with two seeds:</source>
        <translation>或用两个种子画同一条提示词：</translation>
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
        <translation>打开图片…</translation>
    </message>
    <message>
        <source>Open two pictures...</source>
        <translation>打开两张图片…</translation>
    </message>
    <message>
        <source>Open pictures to compare</source>
        <translation>打开要比较的图片</translation>
    </message>
</context>
<context>
    <name>b3o::ComparePanel</name>
    <message>
        <source>What differs in the recipes</source>
        <translation>配方的差异</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Open the left picture</source>
        <translation>打开左图</translation>
    </message>
    <message>
        <source>Open the right picture</source>
        <translation>打开右图</translation>
    </message>
    <message>
        <source>Open...</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>reading the picture</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>no picture yet</source>
        <translation>还没有图片</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Neither picture holds a recipe.</source>
        <translation>两张图片都不含配方。</translation>
    </message>
    <message>
        <source>The right picture holds no recipe.</source>
        <translation>右图不含配方。</translation>
    </message>
    <message>
        <source>The left picture holds no recipe.</source>
        <translation>左图不含配方。</translation>
    </message>
    <message>
        <source>Nothing: both recipes are equal.</source>
        <translation>没有差异：两个配方相同。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1, left</source>
        <translation>%1，左</translation>
    </message>
    <message>
        <source>%1, right</source>
        <translation>%1，右</translation>
    </message>
</context>
<context>
    <name>b3o::Composer</name>
    <message>
        <source>pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Attach a picture</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Attach a picture (Ctrl+Shift+A)</source>
        <translation>添加图片 (Ctrl+Shift+A)</translation>
    </message>
    <message>
        <source>Say what should be different</source>
        <translation>说明要更改的地方</translation>
    </message>
    <message>
        <source>Describe a picture</source>
        <translation>描述一张图片</translation>
    </message>
    <message>
        <source>Ask, or describe a picture</source>
        <translation>提问，或描述一张图片</translation>
    </message>
    <message>
        <source>Ask about a picture, or about anything</source>
        <translation>询问图片或任何内容</translation>
    </message>
    <message>
        <source>Ask about anything</source>
        <translation>问任何问题</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Send the question</source>
        <translation>发送问题</translation>
    </message>
    <message>
        <source>Stop the answer (Esc)</source>
        <translation>停止回答 (Esc)</translation>
    </message>
    <message>
        <source>%1 (Enter)</source>
        <translation>%1 (Enter)</translation>
    </message>
    <message>
        <source>%L1 of %L2</source>
        <translation>%L1 / %L2</translation>
    </message>
    <message>
        <source>%L1 of %L2 tokens</source>
        <translation>%L1 / %L2 个 Token</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>What the model reads for the next question, of the most it can read.</source>
        <translation>下一个问题模型要读取的量 / 最多可读取的量。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>Pictures are %L1 of the tokens.</source>
        <translation>其中图片占 %L1 个 Token。</translation>
    </message>
</context>
<context>
    <name>b3o::Conversation</name>
    <message>
        <source>One question takes at most %1 pictures.</source>
        <translation>一个问题最多可带 %1 张图片。</translation>
    </message>
    <message>
        <source>Load a model first.</source>
        <translation>请先加载模型。</translation>
    </message>
    <message>
        <source>This model does not chat.</source>
        <translation>此模型不能聊天。</translation>
    </message>
    <message>
        <source>This model does not draw.</source>
        <translation>此模型不能绘图。</translation>
    </message>
    <message>
        <source>This model does not edit pictures.</source>
        <translation>此模型不能编辑图片。</translation>
    </message>
    <message>
        <source>The answer is still being written.</source>
        <translation>回答仍在生成中。</translation>
    </message>
    <message>
        <source>A picture is still being read.</source>
        <translation>仍在读取图片。</translation>
    </message>
    <message>
        <source>Remove the picture that could not be read.</source>
        <translation>请移除无法读取的图片。</translation>
    </message>
    <message>
        <source>This model does not look at pictures.</source>
        <translation>此模型不能看图片。</translation>
    </message>
    <message>
        <source>Drawing takes only words: remove the picture, or choose Edit to change it.</source>
        <translation>绘图只接受文字：请移除图片，或选择“编辑”来修改它。</translation>
    </message>
    <message>
        <source>Attach the picture that is to be changed.</source>
        <translation>请添加要修改的图片。</translation>
    </message>
    <message>
        <source>Write a question.</source>
        <translation>请写一个问题。</translation>
    </message>
    <message>
        <source>Write what to draw.</source>
        <translation>请写下要画的内容。</translation>
    </message>
    <message>
        <source>Write what to change.</source>
        <translation>请写下要更改的内容。</translation>
    </message>
</context>
<context>
    <name>b3o::ConversationExport</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Exported as %1.</source>
        <translation>已导出为 %1。</translation>
    </message>
    <message>
        <source>Imported %1.</source>
        <translation>已导入 %1。</translation>
    </message>
    <message>
        <source>conversation</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>b3o::ConversationList</name>
    <message>
        <source>This picture was not kept.</source>
        <translation>此图片未保存。</translation>
    </message>
    <message>
        <source>The question and its answer are deleted.</source>
        <translation>该问题及其回答已删除。</translation>
    </message>
    <message>
        <source>The question and its answer are back.</source>
        <translation>该问题及其回答已恢复。</translation>
    </message>
    <message>
        <source>The conversation is named: %1</source>
        <translation>对话名称：%1</translation>
    </message>
    <message>
        <source>Deleted: %1</source>
        <translation>已删除：%1</translation>
    </message>
    <message>
        <source>Back again: %1</source>
        <translation>已恢复：%1</translation>
    </message>
</context>
<context>
    <name>b3o::ConversationPanel</name>
    <message>
        <source>Name of the conversation</source>
        <translation>对话名称</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建聊天</translation>
    </message>
    <message>
        <source>New chat (Ctrl+N)</source>
        <translation>新建聊天 (Ctrl+N)</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the conversations</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>No conversation has these words.</source>
        <translation>没有对话包含这些词。</translation>
    </message>
    <message>
        <source>Conversations are kept here.</source>
        <translation>对话保存在这里。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Import...</source>
        <translation>导入…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln turn(s)</source>
        <translation>
            <numerusform>%Ln 轮</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
</context>
<context>
    <name>b3o::CreatePage</name>
    <message>
        <source>Picture %1 of %2</source>
        <translation>第 %1 张，共 %2 张</translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>estimate, not the result</source>
        <translation>预估，并非结果</translation>
    </message>
    <message>
        <source>stopped: the last estimate, not a result</source>
        <translation>已停止：最后的预估，并非结果</translation>
    </message>
    <message>
        <source>failed: the last estimate, not a result</source>
        <translation>失败：最后的预估，并非结果</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Plan map</source>
        <translation>规划图</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>显示内容</translation>
    </message>
    <message>
        <source>Fit the picture into the window</source>
        <translation>让图片适合窗口</translation>
    </message>
    <message>
        <source>Fit the picture into the window (Ctrl+0)</source>
        <translation>让图片适合窗口 (Ctrl+0)</translation>
    </message>
    <message>
        <source>Restore its settings</source>
        <translation>恢复其设置</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Leave the settings as they are</source>
        <translation>保持设置不变</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>未加载模型</translation>
    </message>
    <message>
        <source>Load a model folder to ask and to draw.</source>
        <translation>加载模型文件夹后即可提问和绘图。</translation>
    </message>
    <message>
        <source>Load a model</source>
        <translation>加载模型</translation>
    </message>
    <message>
        <source>This model does not draw</source>
        <translation>此模型不能绘图</translation>
    </message>
    <message>
        <source>It answers questions: go to Chat.</source>
        <translation>它能回答问题：请转到“聊天”。</translation>
    </message>
    <message>
        <source>Draw something</source>
        <translation>画点什么</translation>
    </message>
    <message>
        <source>Write a prompt at the left, or start with one of these.</source>
        <translation>在左侧写提示词，或从下面的例子开始。</translation>
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
        <translation>数量</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创作</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>What to draw</source>
        <translation>要画的内容</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Earlier and saved prompts</source>
        <translation>历史和已保存的提示词</translation>
    </message>
    <message>
        <source>Earlier prompts (Alt+Up, Alt+Down) and those you saved</source>
        <translation>历史提示词（Alt+↑、Alt+↓）和已保存的提示词</translation>
    </message>
    <message>
        <source>any</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>The same seed and settings give the same picture. Empty: a new one for every run.</source>
        <translation>相同的种子和设置得到相同的图片。留空：每次运行都用新种子。</translation>
    </message>
    <message>
        <source>Roll a new seed</source>
        <translation>随机生成种子</translation>
    </message>
    <message>
        <source>Use the seed of the picture that is shown</source>
        <translation>使用当前图片的种子</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>快速</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>精细</translation>
    </message>
    <message>
        <source>Half the steps: close to the result, in half the time</source>
        <translation>步数减半：用一半时间得到相近的结果</translation>
    </message>
    <message>
        <source>The model&apos;s own numbers</source>
        <translation>模型自身的数值</translation>
    </message>
    <message>
        <source>Twice the steps, and exact times for the plan</source>
        <translation>步数加倍，规划使用精确时间</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>高级设置</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Plan steps</source>
        <translation>规划步数</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>引导强度</translation>
    </message>
    <message>
        <source>Plan guidance</source>
        <translation>规划引导强度</translation>
    </message>
    <message>
        <source>Exact times</source>
        <translation>精确时间</translation>
    </message>
    <message>
        <source>Tell the network exact times; otherwise whole numbers, as it was trained</source>
        <translation>向网络提供精确时间，否则用训练时的整数</translation>
    </message>
    <message>
        <source>Paint sampler</source>
        <translation>绘制采样器</translation>
    </message>
    <message>
        <source>Paint steps</source>
        <translation>绘制步数</translation>
    </message>
    <message>
        <source>Paint steps, of those the model allows</source>
        <translation>绘制步数（模型允许的值）</translation>
    </message>
    <message>
        <source>Paint guidance</source>
        <translation>绘制引导强度</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>宽度（像素）</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>高度（像素）</translation>
    </message>
    <message>
        <source>Progress of this stage</source>
        <translation>本阶段进度</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Draw this when the running job is done (Ctrl+Enter; Ctrl+Shift+Enter: before all that waits)</source>
        <translation>当前任务完成后绘制（Ctrl+Enter；Ctrl+Shift+Enter：排到最前）</translation>
    </message>
    <message>
        <source>Plan: what the picture shows, as tokens</source>
        <translation>规划：以 Token 表示图片内容</translation>
    </message>
    <message>
        <source>Paint: the tokens as pixels</source>
        <translation>绘制：将 Token 变为像素</translation>
    </message>
    <message>
        <source>Sampler</source>
        <translation>采样器</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Forget this saved prompt</source>
        <translation>删除此已存提示词</translation>
    </message>
    <message>
        <source>Save this prompt</source>
        <translation>保存此提示词</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>历史</translation>
    </message>
    <message numerus="yes">
        <source>%Ln word(s)</source>
        <translation>
            <numerusform>%Ln 个单词</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln token(s)</source>
        <translation>
            <numerusform>约 %Ln 个 Token</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, more than the %2 of training</source>
        <translation>%1，超过训练时的 %2 个</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>绘图</translation>
    </message>
    <message>
        <source>Stop drawing</source>
        <translation>停止绘图</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>停止 (Esc)</translation>
    </message>
    <message>
        <source>Draw (Ctrl+Enter)</source>
        <translation>绘图 (Ctrl+Enter)</translation>
    </message>
</context>
<context>
    <name>b3o::EditCanvas</name>
    <message>
        <source>Picture to edit</source>
        <translation>要编辑的图片</translation>
    </message>
</context>
<context>
    <name>b3o::EditPage</name>
    <message>
        <source>Open a picture...</source>
        <translation>打开图片…</translation>
    </message>
    <message>
        <source>Open a session file...</source>
        <translation>打开会话文件…</translation>
    </message>
    <message>
        <source>Export the picture...</source>
        <translation>导出图片…</translation>
    </message>
    <message>
        <source>Export the session...</source>
        <translation>导出会话…</translation>
    </message>
    <message>
        <source>Open a mask file...</source>
        <translation>打开蒙版文件…</translation>
    </message>
    <message>
        <source>Open a mask</source>
        <translation>打开蒙版</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Open a session</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Editing sessions (*.b3o)</source>
        <translation>编辑会话 (*.b3o)</translation>
    </message>
    <message>
        <source>Export the picture</source>
        <translation>导出图片</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Export the session</source>
        <translation>导出会话</translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation>替换文件？</translation>
    </message>
    <message>
        <source>%1 exists already. Replace it?</source>
        <translation>%1 已存在。要替换吗？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Open the other picture</source>
        <translation>打开另一张图片</translation>
    </message>
    <message>
        <source>from the clipboard</source>
        <translation>来自剪贴板</translation>
    </message>
    <message>
        <source>round trip</source>
        <translation>往返</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Sessions that are kept</source>
        <translation>已保存的会话</translation>
    </message>
    <message>
        <source>Go on with an earlier picture</source>
        <translation>继续编辑以前的图片</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Fit the picture into the window</source>
        <translation>让图片适合窗口</translation>
    </message>
    <message>
        <source>Fit the picture into the window (Ctrl+0)</source>
        <translation>让图片适合窗口 (Ctrl+0)</translation>
    </message>
    <message>
        <source>hold Space: before</source>
        <translation>按住空格：修改前</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Picture and session: %1</source>
        <translation>图片和会话：%1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Reading the picture</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>%1 (Ctrl+Z)</source>
        <translation>%1 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>没有可撤销的操作</translation>
    </message>
    <message>
        <source>%1 (Ctrl+Shift+Z)</source>
        <translation>%1 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Nothing to redo</source>
        <translation>没有可重做的操作</translation>
    </message>
    <message>
        <source>%1 × %2 · the file stays as it is</source>
        <translation>%1 × %2 · 文件保持不变</translation>
    </message>
    <message>
        <source>before</source>
        <translation>修改前</translation>
    </message>
    <message>
        <source>estimate, not the result</source>
        <translation>预估，并非结果</translation>
    </message>
    <message>
        <source>proposal %1 of %2</source>
        <translation>候选 %1/%2</translation>
    </message>
    <message>
        <source>Drawing a picture to edit</source>
        <translation>正在绘制要编辑的图片</translation>
    </message>
    <message>
        <source>Then it is changed: %1</source>
        <translation>然后修改：%1</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>未加载模型</translation>
    </message>
    <message>
        <source>Load a model folder to change pictures.</source>
        <translation>加载模型文件夹后即可修改图片。</translation>
    </message>
    <message>
        <source>Load a model</source>
        <translation>加载模型</translation>
    </message>
    <message>
        <source>This model does not edit</source>
        <translation>此模型不能编辑</translation>
    </message>
    <message>
        <source>It answers questions: go to Chat.</source>
        <translation>它能回答问题：请转到“聊天”。</translation>
    </message>
    <message>
        <source>Change a picture</source>
        <translation>修改图片</translation>
    </message>
    <message>
        <source>Drop a picture here, paste it or open a file. What you mark can be repainted; words change the whole. Or watch the model draw one and change it:</source>
        <translation>拖入、粘贴或打开一张图片。标记的部分可以重绘，文字则修改整张图片。或看模型画一张再修改：</translation>
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
        <translation>命名会话…</translation>
    </message>
    <message>
        <source>Name the session</source>
        <translation>命名会话</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>%1 of %2 cells keep their tokens</source>
        <translation>%2 个单元中有 %1 个保留其 Token</translation>
    </message>
</context>
<context>
    <name>b3o::EditPanel</name>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>候选结果</translation>
    </message>
    <message>
        <source>Progress of this stage</source>
        <translation>本阶段进度</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Make the chosen proposal the current picture</source>
        <translation>将所选结果设为当前图片</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Propose once more, with another seed unless one is set</source>
        <translation>再次生成；未设种子时使用新种子</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Take none of them; undo brings them back</source>
        <translation>全部不要，可撤销</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Stop the edit</source>
        <translation>停止编辑</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>停止 (Esc)</translation>
    </message>
    <message>
        <source>Propose (Ctrl+Enter)</source>
        <translation>生成 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>The model read the picture and the words.</source>
        <translation>模型读取了图片和文字。</translation>
    </message>
    <message>
        <source>By way of a description: &quot;%1&quot;.</source>
        <translation>通过描述：“%1”。</translation>
    </message>
</context>
<context>
    <name>b3o::EditSession</name>
    <message>
        <source>Source</source>
        <translation>源图</translation>
    </message>
    <message>
        <source>Repainted</source>
        <translation>重绘</translation>
    </message>
    <message>
        <source>Variation</source>
        <translation>变体</translation>
    </message>
    <message>
        <source>Blend</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>Extended</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>New details</source>
        <translation>新细节</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>This picture is no longer in the Gallery.</source>
        <translation>此图片已不在图库中。</translation>
    </message>
    <message>
        <source>This session is no longer in the library.</source>
        <translation>此会话已不在资料库中。</translation>
    </message>
    <message>
        <source>Nothing is kept without a library.</source>
        <translation>没有资料库就无法保存。</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>%1 holds the picture that this session began with, which is never written over; choose another name.</source>
        <translation>%1 是本会话的原始图片，不会被覆盖，请换一个名称。</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>stroke</source>
        <translation>笔画</translation>
    </message>
    <message>
        <source>selection</source>
        <translation>选区</translation>
    </message>
    <message>
        <source>results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>going there</source>
        <translation>跳转</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>That mask belongs to a picture of another size.</source>
        <translation>该蒙版属于其他尺寸的图片。</translation>
    </message>
    <message>
        <source>%1: the mask is %2 × %3 pixels, the picture is %4 × %5; they must be equal.</source>
        <translation>%1：蒙版为 %2 × %3 像素，图片为 %4 × %5，两者必须相同。</translation>
    </message>
    <message>
        <source>Load a model first.</source>
        <translation>请先加载模型。</translation>
    </message>
    <message>
        <source>Open a picture first.</source>
        <translation>请先打开图片。</translation>
    </message>
    <message>
        <source>The results are still being painted.</source>
        <translation>结果仍在绘制中。</translation>
    </message>
    <message>
        <source>The picture is still being read.</source>
        <translation>图片仍在读取中。</translation>
    </message>
    <message>
        <source>The mask is still being changed.</source>
        <translation>蒙版仍在修改中。</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Waiting for the running job</source>
        <translation>正在等待当前任务</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>Result %1 of %2 · </source>
        <translation>结果 %1/%2 · </translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1 %2/%3</translation>
    </message>
    <message>
        <source>The picture that was changed is deleted; the result is in the Gallery.</source>
        <translation>被修改的图片已删除，结果在图库中。</translation>
    </message>
</context>
<context>
    <name>b3o::FilmRow</name>
    <message>
        <source>Pictures of this sitting</source>
        <translation>本次的图片</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Compare with the picture that is shown</source>
        <translation>与显示的图片比较</translation>
    </message>
    <message>
        <source>Open in Edit</source>
        <translation>在编辑中打开</translation>
    </message>
</context>
<context>
    <name>b3o::FolderFacts</name>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 等另外 %2 个</translation>
    </message>
    <message>
        <source>No folder chosen</source>
        <translation>未选择文件夹</translation>
    </message>
    <message>
        <source>%1 on disk</source>
        <translation>占用磁盘 %1</translation>
    </message>
    <message>
        <source>all files are there</source>
        <translation>文件齐全</translation>
    </message>
    <message>
        <source>Memory on %1 in %2, estimated</source>
        <translation>%1 上的内存（%2），估计值</translation>
    </message>
    <message>
        <source>Estimating the memory...</source>
        <translation>正在估算内存…</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Weights that stay in the files</source>
        <translation>留在文件中的权重</translation>
    </message>
    <message>
        <source>Conversation of %1 tokens</source>
        <translation>%1 个 Token 的对话</translation>
    </message>
    <message>
        <source>While a picture is drawn</source>
        <translation>绘图期间</translation>
    </message>
    <message>
        <source>About %1 of %2 that are free.</source>
        <translation>约 %1，可用 %2。</translation>
    </message>
    <message>
        <source>It fits. %1</source>
        <translation>可以装下。%1</translation>
    </message>
    <message>
        <source>It works slowly: weights are read from the disk again and again. %1</source>
        <translation>运行会很慢：权重要反复从磁盘读取。%1</translation>
    </message>
    <message>
        <source>It does not fit: %1 are missing. %2</source>
        <translation>装不下：还差 %1。%2</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Check the files</source>
        <translation>校验文件</translation>
    </message>
    <message>
        <source>Stop checking the files</source>
        <translation>停止校验文件</translation>
    </message>
    <message>
        <source>Compare every file with the SHA-256 that the folder lists</source>
        <translation>将每个文件与文件夹中列出的 SHA-256 比对</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>校验进度</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>校验已停止。</translation>
    </message>
    <message>
        <source>No list of hashes in this folder.</source>
        <translation>此文件夹没有哈希列表。</translation>
    </message>
    <message>
        <source>%1 of %2 files differ from their hash: %3. Get them again.</source>
        <translation>%2 个文件中有 %1 个与哈希不符：%3。请重新下载。</translation>
    </message>
    <message>
        <source>Listed, but not there: %1.</source>
        <translation>已列出但不存在：%1。</translation>
    </message>
    <message numerus="yes">
        <source>All %n listed file(s) match their hash.</source>
        <translation>
            <numerusform>列出的 %n 个文件均与哈希相符。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not listed: %1.</source>
        <translation>未列出：%1。</translation>
    </message>
</context>
<context>
    <name>b3o::FolderList</name>
    <message>
        <source>comes with the program</source>
        <translation>随程序提供</translation>
    </message>
    <message>
        <source>in the program&apos;s folder</source>
        <translation>在程序文件夹中</translation>
    </message>
    <message>
        <source>Hugging Face cache</source>
        <translation>Hugging Face 缓存</translation>
    </message>
    <message>
        <source>used recently</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>pictures in chat</source>
        <translation>聊天看图</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>绘图</translation>
    </message>
    <message>
        <source>editing</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Model folders</source>
        <translation>模型文件夹</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) missing</source>
        <translation>
            <numerusform>缺少 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>cannot be loaded</source>
        <translation>无法加载</translation>
    </message>
</context>
<context>
    <name>b3o::Gallery</name>
    <message numerus="yes">
        <source>%Ln picture(s) are in the trash.</source>
        <translation>
            <numerusform>%Ln 张图片已移到回收站。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are back.</source>
        <translation>
            <numerusform>已恢复 %Ln 张图片。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are deleted.</source>
        <translation>
            <numerusform>已删除 %Ln 张图片。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are exported to %1.</source>
        <translation>
            <numerusform>已将 %Ln 张图片导出到 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Importing: %L1 of %L2.</source>
        <translation>正在导入：%L1/%L2。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are imported.</source>
        <translation>
            <numerusform>已导入 %Ln 张图片。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) are left out: they hold no recipe of this program.</source>
        <translation>
            <numerusform>已跳过 %Ln 个文件：不含本程序的配方。</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied with its recipe.</source>
        <translation>已连同配方复制。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) have a star.</source>
        <translation>
            <numerusform>%Ln 张图片已加星标。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) have no star.</source>
        <translation>
            <numerusform>%Ln 张图片没有星标。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>b3o::GalleryModel</name>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <translation>M月d日 dddd</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>今天 %1</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <translation>M月d日 HH:mm</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>%1 · %L2</source>
        <translation>%1 · %L2</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>相似图片</translation>
    </message>
</context>
<context>
    <name>b3o::GalleryPage</name>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Search prompts</source>
        <translation>搜索提示词</translation>
    </message>
    <message>
        <source>★ Starred</source>
        <translation>★ 星标</translation>
    </message>
    <message>
        <source>Show only starred pictures</source>
        <translation>只显示星标图片</translation>
    </message>
    <message>
        <source>Show only pictures with a star</source>
        <translation>只显示带星标的图片</translation>
    </message>
    <message>
        <source>Change the order</source>
        <translation>更改排序</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Show the trash</source>
        <translation>显示回收站</translation>
    </message>
    <message>
        <source>Show what is in the trash</source>
        <translation>显示回收站的内容</translation>
    </message>
    <message>
        <source>Back to all</source>
        <translation>返回全部</translation>
    </message>
    <message>
        <source>Show all pictures again</source>
        <translation>重新显示所有图片</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Import...</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Import pictures</source>
        <translation>导入图片</translation>
    </message>
    <message>
        <source>Copy pictures that this program made into the library</source>
        <translation>将本程序生成的图片复制到资料库</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop importing</source>
        <translation>停止导入</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>%L1 of %2</source>
        <translation>%L1 / %2</translation>
    </message>
    <message>
        <source>%1 in the trash</source>
        <translation>回收站中有 %1</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最旧在前</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Order: %1</source>
        <translation>排序：%1</translation>
    </message>
    <message>
        <source>Nothing is kept</source>
        <translation>不保存任何内容</translation>
    </message>
    <message>
        <source>The library could not be opened, so pictures live only until the program ends.</source>
        <translation>无法打开资料库，图片只保留到程序结束。</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>正在读取资料库</translation>
    </message>
    <message>
        <source>Nothing is like it</source>
        <translation>没有相似图片</translation>
    </message>
    <message>
        <source>No other picture with tokens is kept.</source>
        <translation>没有保存其他带 Token 的图片。</translation>
    </message>
    <message>
        <source>No picture fits</source>
        <translation>没有匹配的图片</translation>
    </message>
    <message>
        <source>No prompt holds all these words.</source>
        <translation>没有提示词包含所有这些词。</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>回收站为空</translation>
    </message>
    <message>
        <source>What you move to the trash can be brought back from here.</source>
        <translation>移到回收站的内容可从这里恢复。</translation>
    </message>
    <message>
        <source>No picture has a star</source>
        <translation>没有星标图片</translation>
    </message>
    <message>
        <source>Choose a picture and press the full stop key to give it one.</source>
        <translation>选择图片并按句点键即可加星标。</translation>
    </message>
    <message>
        <source>No pictures yet</source>
        <translation>还没有图片</translation>
    </message>
    <message>
        <source>Every finished picture is kept here with its recipe.</source>
        <translation>每张完成的图片都连同配方保存在这里。</translation>
    </message>
    <message>
        <source>Every finished picture is kept here with its recipe. Draw a first one:</source>
        <translation>每张完成的图片都连同配方保存在这里。画第一张吧：</translation>
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
        <translation>将图片导出到文件夹</translation>
    </message>
    <message>
        <source>Without recipes and other metadata</source>
        <translation>不含配方和其他元数据</translation>
    </message>
    <message>
        <source>Import pictures of this program</source>
        <translation>导入本程序的图片</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>重做 (Ctrl+Shift+Z)</translation>
    </message>
</context>
<context>
    <name>b3o::GalleryPanel</name>
    <message>
        <source>Open in Create</source>
        <translation>在创作中打开</translation>
    </message>
    <message>
        <source>Fill the Create page with this picture&apos;s recipe (Enter)</source>
        <translation>用此图片的配方填写创作页 (Enter)</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Ask about this picture in Chat</source>
        <translation>在聊天中询问此图片</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>加星标</translation>
    </message>
    <message>
        <source>Give or take a star (.)</source>
        <translation>添加或移除星标 (.)</translation>
    </message>
    <message>
        <source>Export...</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Save copies in a folder (Ctrl+S)</source>
        <translation>将副本保存到文件夹 (Ctrl+S)</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Put into the trash; it can be brought back (Delete)</source>
        <translation>移到回收站，可恢复 (Delete)</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Take out of the trash</source>
        <translation>从回收站取出</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>彻底删除</translation>
    </message>
    <message>
        <source>Delete the files; this cannot be undone</source>
        <translation>删除文件，无法撤销</translation>
    </message>
    <message>
        <source>More like this</source>
        <translation>相似图片</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Compared by the tokens the pictures were painted from</source>
        <translation>按绘制图片所用的 Token 比较</translation>
    </message>
    <message>
        <source>Show all pictures like this</source>
        <translation>显示所有相似图片</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>%1 + %2 steps</source>
        <translation>%1 + %2 步</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Choose a picture to see its recipe.</source>
        <translation>选择图片以查看配方。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln picture(s) are chosen.</source>
        <translation>
            <numerusform>已选择 %Ln 张图片。</numerusform>
        </translation>
    </message>
    <message>
        <source>Take the star</source>
        <translation>取消星标</translation>
    </message>
    <message>
        <source>Similar picture: %1</source>
        <translation>相似图片：%1</translation>
    </message>
    <message>
        <source>Open in Edit</source>
        <translation>在编辑中打开</translation>
    </message>
    <message>
        <source>Mark a part of the picture and change it</source>
        <translation>标记图片的一部分并修改</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Look at the two pictures and at what differs</source>
        <translation>查看两张图片及其差异</translation>
    </message>
</context>
<context>
    <name>b3o::GalleryView</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>b3o::HistoryRow</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Name of the picture</source>
        <translation>图片名称</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>转到此处</translation>
    </message>
    <message>
        <source>Rename...</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Compare with the current picture</source>
        <translation>与当前图片比较</translation>
    </message>
    <message>
        <source>Take its mark</source>
        <translation>使用其标记</translation>
    </message>
    <message>
        <source>Delete it and what grew out of it</source>
        <translation>删除它及其后续结果</translation>
    </message>
    <message>
        <source>%1, made from %2</source>
        <translation>%1，源自 %2</translation>
    </message>
</context>
<context>
    <name>b3o::ImageJob</name>
    <message>
        <source>Picture %1 of %2 · </source>
        <translation>第 %1 张，共 %2 张 · </translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Waiting for the running job</source>
        <translation>正在等待当前任务</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1 %2/%3</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>planning</source>
        <translation>正在规划</translation>
    </message>
    <message>
        <source>painting</source>
        <translation>正在绘制</translation>
    </message>
    <message>
        <source>decoding</source>
        <translation>正在解码</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <source>Load a model first.</source>
        <translation>请先加载模型。</translation>
    </message>
</context>
<context>
    <name>b3o::IntentSwitch</name>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>绘图</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Nothing in the words speaks for a picture.</source>
        <translation>文字中没有与图片相关的内容。</translation>
    </message>
    <message>
        <source>The words ask.</source>
        <translation>文字是在提问。</translation>
    </message>
    <message>
        <source>The words want an answer.</source>
        <translation>文字想要回答。</translation>
    </message>
    <message>
        <source>The words want a picture.</source>
        <translation>文字想要一张图。</translation>
    </message>
    <message>
        <source>The words describe something to draw.</source>
        <translation>文字描述了要画的内容。</translation>
    </message>
    <message>
        <source>The words change the picture.</source>
        <translation>文字要修改图片。</translation>
    </message>
    <message>
        <source>The words are about the picture.</source>
        <translation>文字与图片有关。</translation>
    </message>
    <message>
        <source>There is no picture to change.</source>
        <translation>没有可修改的图片。</translation>
    </message>
    <message>
        <source>This model does not chat.</source>
        <translation>此模型不能聊天。</translation>
    </message>
    <message>
        <source>This model does not draw.</source>
        <translation>此模型不能绘图。</translation>
    </message>
    <message>
        <source>This model does not edit pictures.</source>
        <translation>此模型不能编辑图片。</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>What sending does</source>
        <translation>发送的作用</translation>
    </message>
    <message>
        <source>Auto: %1</source>
        <translation>自动：%1</translation>
    </message>
    <message>
        <source>The words decide what sending does</source>
        <translation>由文字决定发送的作用</translation>
    </message>
    <message>
        <source>Answer with words</source>
        <translation>用文字回答</translation>
    </message>
    <message>
        <source>Draw a picture of the words</source>
        <translation>根据文字绘图</translation>
    </message>
    <message>
        <source>Change the attached or the last picture</source>
        <translation>修改添加的图片或上一张图片</translation>
    </message>
</context>
<context>
    <name>b3o::JobLine</name>
    <message>
        <source>slower now, about %1 left of this stage</source>
        <translation>变慢了，本阶段约剩 %1</translation>
    </message>
    <message>
        <source>about %1 left of this stage</source>
        <translation>本阶段约剩 %1</translation>
    </message>
    <message>
        <source>slower, %1</source>
        <translation>变慢，%1</translation>
    </message>
    <message>
        <source>load</source>
        <translation>加载</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>规划</translation>
    </message>
    <message>
        <source>paint</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>decode</source>
        <translation>解码</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>%1 s a step</source>
        <translation>每步 %1 秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>starting again with less memory</source>
        <translation>以较少内存重新开始</translation>
    </message>
    <message>
        <source>load %1</source>
        <translation>加载 %1</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>picture %1 of %2 · %3</source>
        <translation>第 %1/%2 张 · %3</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个 Token</numerusform>
        </translation>
    </message>
    <message>
        <source>refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>done in %1</source>
        <translation>用时 %1</translation>
    </message>
    <message>
        <source>%1, with less memory</source>
        <translation>%1，使用较少内存</translation>
    </message>
</context>
<context>
    <name>b3o::KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>b3o::LoadDialog</name>
    <message>
        <source>Load a model</source>
        <translation>加载模型</translation>
    </message>
    <message>
        <source>Model folder</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>A folder with config.json, the tokenizer and the safetensors files</source>
        <translation>包含 config.json、分词器和 safetensors 文件的文件夹</translation>
    </message>
    <message>
        <source>Browse...</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Browse for a model folder</source>
        <translation>浏览模型文件夹</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Device: automatic</source>
        <translation>设备：自动</translation>
    </message>
    <message>
        <source>Device: CPU</source>
        <translation>设备：CPU</translation>
    </message>
    <message>
        <source>Device: CUDA</source>
        <translation>设备：CUDA</translation>
    </message>
    <message>
        <source>Number type</source>
        <translation>数值类型</translation>
    </message>
    <message>
        <source>Numbers: automatic</source>
        <translation>精度：自动</translation>
    </message>
    <message>
        <source>Numbers: fp32</source>
        <translation>精度：fp32</translation>
    </message>
    <message>
        <source>Numbers: bf16</source>
        <translation>精度：bf16</translation>
    </message>
    <message>
        <source>Numbers: fp16</source>
        <translation>精度：fp16</translation>
    </message>
    <message>
        <source>Progress of the loading</source>
        <translation>加载进度</translation>
    </message>
    <message>
        <source>Make a random tiny model</source>
        <translation>生成随机微型模型</translation>
    </message>
    <message>
        <source>A model of a few megabytes with random weights: its answers and pictures are noise, but everything works.</source>
        <translation>几兆字节的随机权重模型：回答和图片都是噪声，但所有功能均可用。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Looking for models...</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <source>No model folder was found.</source>
        <translation>未找到模型文件夹。</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2%</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>加载</translation>
    </message>
    <message>
        <source>Stop loading</source>
        <translation>停止加载</translation>
    </message>
    <message>
        <source>Load the model</source>
        <translation>加载模型</translation>
    </message>
</context>
<context>
    <name>b3o::LogPage</name>
    <message>
        <source>The lines are in the clipboard.</source>
        <translation>已将这些行复制到剪贴板。</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Lines shown</source>
        <translation>显示的行</translation>
    </message>
    <message>
        <source>Lines of the log</source>
        <translation>日志内容</translation>
    </message>
    <message>
        <source>This program writes no log.</source>
        <translation>此程序不写日志。</translation>
    </message>
    <message>
        <source>No lines of this kind.</source>
        <translation>没有此类日志。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the lines that are shown</source>
        <translation>复制显示的行</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Copy a report</source>
        <translation>复制诊断报告</translation>
    </message>
    <message>
        <source>Versions, model, settings, sizes and the last errors, without prompts, names and paths</source>
        <translation>版本、模型、设置、大小和最近的错误，不含提示词、姓名和路径</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>The report is in the clipboard.</source>
        <translation>报告已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>b3o::MainWindow</name>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>Drop to edit the picture</source>
        <translation>松开以编辑图片</translation>
    </message>
    <message>
        <source>Drop to compare</source>
        <translation>松开以比较</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Drop to look for a recipe in it</source>
        <translation>松开以查找其中的配方</translation>
    </message>
    <message>
        <source>Drop to import the pictures</source>
        <translation>松开以导入图片</translation>
    </message>
    <message>
        <source>Drop to attach the picture</source>
        <translation>松开以添加图片</translation>
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
        <translation>标记之外的每个像素都保持原样。</translation>
    </message>
    <message>
        <source>The model reads the picture and your words.</source>
        <translation>模型读取图片和你的文字。</translation>
    </message>
    <message>
        <source>This model was not trained on instructions: it describes the picture, changes the description and draws that, starting from this picture.</source>
        <translation>此模型未按指令训练：它先描述图片，再修改描述，然后以此图片为起点绘制。</translation>
    </message>
    <message>
        <source>The same content, painted once more.</source>
        <translation>同样的内容，再画一次。</translation>
    </message>
    <message>
        <source>0 is this picture, 1 the other one.</source>
        <translation>0 为此图片，1 为另一张。</translation>
    </message>
    <message>
        <source>What is there stays; the new canvas is painted to go with it.</source>
        <translation>原有内容不变，新画布与之衔接绘制。</translation>
    </message>
    <message>
        <source>The same picture, its fine parts painted anew.</source>
        <translation>同一张图片，细节重新绘制。</translation>
    </message>
    <message>
        <source>What should be different</source>
        <translation>要更改的内容</translation>
    </message>
    <message>
        <source>What should be in the new part (may stay empty)</source>
        <translation>新部分要有的内容（可留空）</translation>
    </message>
    <message>
        <source>What should be there (may stay empty)</source>
        <translation>那里要有的内容（可留空）</translation>
    </message>
    <message>
        <source>Repaint the marked part</source>
        <translation>重绘标记部分</translation>
    </message>
    <message>
        <source>Change by words</source>
        <translation>用文字修改</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Blend with another picture</source>
        <translation>与另一张图片混合</translation>
    </message>
    <message>
        <source>Extend the canvas</source>
        <translation>扩展画布</translation>
    </message>
    <message>
        <source>Repaint details</source>
        <translation>重绘细节</translation>
    </message>
    <message>
        <source>%1 % · %2 px</source>
        <translation>%1% · %2 px</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>as the mode does it</source>
        <translation>按该模式的方式</translation>
    </message>
    <message>
        <source>What is done to the picture</source>
        <translation>对图片的操作</translation>
    </message>
    <message>
        <source>Words of the edit</source>
        <translation>编辑文字</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>How much of the painting is done anew</source>
        <translation>重新绘制的程度</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>扩展</translation>
    </message>
    <message>
        <source>The mark is made this much larger for the run</source>
        <translation>运行时将标记扩大这么多</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>羽化</translation>
    </message>
    <message>
        <source>Old and new are mixed over this width inside the mark</source>
        <translation>在标记内侧以此宽度融合新旧</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>How far the content may leave this picture&apos;s: 0 keeps it, 1 takes that of the words alone</source>
        <translation>内容可偏离此图片的程度：0 保持不变，1 完全按文字</translation>
    </message>
    <message>
        <source>Between them</source>
        <translation>两者之间</translation>
    </message>
    <message>
        <source>0 is this picture, 1 the other one</source>
        <translation>0 为此图片，1 为另一张</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>左</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>上</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>右</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>下</translation>
    </message>
    <message>
        <source>New canvas at this side, as a part of the picture</source>
        <translation>此侧的新画布（占图片的比例）</translation>
    </message>
    <message>
        <source>Open...</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Open the other picture</source>
        <translation>打开另一张图片</translation>
    </message>
    <message>
        <source>Film of five</source>
        <translation>五张序列</translation>
    </message>
    <message>
        <source>Five pictures from this one to the other</source>
        <translation>从此图片到另一张共五张</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>候选结果</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>any</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>The same seed and settings give the same picture. Empty: a new one for every run.</source>
        <translation>相同的种子和设置得到相同的图片。留空：每次运行都用新种子。</translation>
    </message>
    <message>
        <source>Roll a new seed</source>
        <translation>随机生成种子</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Around</source>
        <translation>周围</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>What is painted</source>
        <translation>绘制范围</translation>
    </message>
    <message>
        <source>Small marks get their surroundings painted at full size, large ones the picture</source>
        <translation>标记小时以全尺寸绘制周边，标记大时绘制整张图片</translation>
    </message>
    <message>
        <source>Only the surroundings of the mark, at the model&apos;s full size</source>
        <translation>仅标记周边，以模型全尺寸绘制</translation>
    </message>
    <message>
        <source>The whole picture</source>
        <translation>整张图片</translation>
    </message>
    <message>
        <source>Repeats</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Repeats of each noisy step</source>
        <translation>每个噪声步的重复次数</translation>
    </message>
    <message>
        <source>How often each noisy step is repeated, so that new and old grow together</source>
        <translation>每个噪声步重复的次数，使新旧融合</translation>
    </message>
    <message>
        <source>Keep untouched cells</source>
        <translation>保留未标记的单元</translation>
    </message>
    <message>
        <source>Cells of the 8 × 8 grid that the mark leaves alone keep their tokens</source>
        <translation>8 × 8 网格中未被标记的单元保留其 Token</translation>
    </message>
    <message>
        <source>Soft mark changes less</source>
        <translation>柔和标记改动更少</translation>
    </message>
    <message>
        <source>Where the mark is faint, less is repainted; otherwise all of it is</source>
        <translation>标记淡处少重绘，否则全部重绘</translation>
    </message>
    <message>
        <source>Leave the mark out</source>
        <translation>忽略标记</translation>
    </message>
    <message>
        <source>Change the whole picture although a part is marked</source>
        <translation>即使有标记也修改整张图片</translation>
    </message>
    <message>
        <source>no other picture yet</source>
        <translation>还没有另一张图片</translation>
    </message>
    <message>
        <source>What is marked plays no part here.</source>
        <translation>标记在这里不起作用。</translation>
    </message>
</context>
<context>
    <name>b3o::ModelChip</name>
    <message>
        <source>No model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>load failed</source>
        <translation>加载失败</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>resting</source>
        <translation>休眠中</translation>
    </message>
    <message>
        <source>Model: %1 %2</source>
        <translation>模型：%1 %2</translation>
    </message>
    <message>
        <source>Its memory was given back; the next question or picture loads it again. %1</source>
        <translation>内存已释放，下一个问题或图片会重新加载。%1</translation>
    </message>
</context>
<context>
    <name>b3o::ModelState</name>
    <message>
        <source>%1: the folder cannot be made.</source>
        <translation>%1：无法创建文件夹。</translation>
    </message>
    <message>
        <source>%1: cannot be renamed to %2.</source>
        <translation>%1：无法重命名为 %2。</translation>
    </message>
    <message>
        <source>making a random tiny model</source>
        <translation>正在生成随机微型模型</translation>
    </message>
    <message>
        <source>waiting for the running job</source>
        <translation>正在等待当前任务</translation>
    </message>
    <message>
        <source>reading the folder</source>
        <translation>正在读取文件夹</translation>
    </message>
</context>
<context>
    <name>b3o::NumberRow</name>
    <message>
        <source>%1, as a number</source>
        <translation>%1（数值）</translation>
    </message>
</context>
<context>
    <name>b3o::PictureExport</name>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>Copied with its recipe.</source>
        <translation>已连同配方复制。</translation>
    </message>
</context>
<context>
    <name>b3o::PictureView</name>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1 %2/%3</translation>
    </message>
    <message>
        <source>Waiting for the running job</source>
        <translation>正在等待当前任务</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>正在编辑</translation>
    </message>
    <message>
        <source>Drawing</source>
        <translation>正在绘图</translation>
    </message>
    <message>
        <source>Stopped: the last estimate, not a result</source>
        <translation>已停止：最后的预估，并非结果</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>已绘制</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 步</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln 步</numerusform>
        </translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>引导强度 %1</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>规划</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Once more, with another seed</source>
        <translation>换种子再来一次</translation>
    </message>
    <message>
        <source>Ask about it</source>
        <translation>询问此图</translation>
    </message>
    <message>
        <source>Attach the picture to the next question</source>
        <translation>将图片添加到下一个问题</translation>
    </message>
    <message>
        <source>Change it...</source>
        <translation>修改…</translation>
    </message>
    <message>
        <source>Say what should be different in the picture</source>
        <translation>说明图片要更改的地方</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Show everything that decided the picture</source>
        <translation>显示决定此图片的所有参数</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save the picture as PNG with its recipe inside</source>
        <translation>将图片保存为内含配方的 PNG</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the picture with its recipe</source>
        <translation>复制图片及其配方</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>停止 (Esc)</translation>
    </message>
    <message>
        <source>Stop this picture</source>
        <translation>停止此图片</translation>
    </message>
    <message>
        <source>Progress of the picture</source>
        <translation>图片进度</translation>
    </message>
    <message>
        <source>The picture that is drawn now</source>
        <translation>正在绘制的图片</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>estimate, not the result</source>
        <translation>预估，并非结果</translation>
    </message>
    <message>
        <source>reading the picture</source>
        <translation>正在读取图片</translation>
    </message>
    <message>
        <source>Open in Edit</source>
        <translation>在编辑中打开</translation>
    </message>
    <message>
        <source>Mark a part of the picture and change it there</source>
        <translation>在那里标记图片的一部分并修改</translation>
    </message>
</context>
<context>
    <name>b3o::PlainText</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>b3o::ProposalRow</name>
    <message>
        <source>Proposals</source>
        <translation>候选结果</translation>
    </message>
    <message>
        <source>Proposal %1, seed %2; click again to see the picture and its mark</source>
        <translation>候选 %1，种子 %2；再次单击可查看图片及其标记</translation>
    </message>
</context>
<context>
    <name>b3o::QuestionView</name>
    <message>
        <source>Your question</source>
        <translation>你的问题</translation>
    </message>
    <message>
        <source>Edit the question and send it again</source>
        <translation>编辑问题并重新发送</translation>
    </message>
    <message>
        <source>Copy the question</source>
        <translation>复制问题</translation>
    </message>
    <message>
        <source>Delete the question and its answer</source>
        <translation>删除问题及其回答</translation>
    </message>
    <message>
        <source>reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>The question, changed</source>
        <translation>修改后的问题</translation>
    </message>
    <message>
        <source>Sent as a branch; the old one stays</source>
        <translation>作为分支发送，原问题保留</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
</context>
<context>
    <name>b3o::QueueList</name>
    <message numerus="yes">
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln 张图片</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1, interrupted</source>
        <translation>%1，已中断</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>从队列中移除</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>没有等待的任务</translation>
    </message>
    <message>
        <source>%1 waiting, paused</source>
        <translation>%1 个等待，已暂停</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 个等待</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on with the queue</source>
        <translation>继续队列</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>暂停队列</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 个</translation>
    </message>
</context>
<context>
    <name>b3o::Rail</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
</context>
<context>
    <name>b3o::RecipeOffer</name>
    <message>
        <source>%1 holds a recipe: &quot;%2&quot;, seed %3.</source>
        <translation>%1 含有配方：“%2”，种子 %3。</translation>
    </message>
</context>
<context>
    <name>b3o::RecipePanel</name>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln 步</numerusform>
        </translation>
    </message>
    <message>
        <source>guidance %1</source>
        <translation>引导强度 %1</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy the picture with its recipe (Ctrl+C)</source>
        <translation>复制图片及其配方 (Ctrl+C)</translation>
    </message>
    <message>
        <source>Save PNG</source>
        <translation>保存 PNG</translation>
    </message>
    <message>
        <source>Save the picture as PNG</source>
        <translation>将图片保存为 PNG</translation>
    </message>
    <message>
        <source>Save the picture with its recipe inside (Ctrl+S)</source>
        <translation>保存内含配方的图片 (Ctrl+S)</translation>
    </message>
    <message>
        <source>Save without metadata</source>
        <translation>保存（不含元数据）</translation>
    </message>
    <message>
        <source>Save the picture without recipe and other metadata</source>
        <translation>保存图片，不含配方和其他元数据</translation>
    </message>
    <message>
        <source>Save the pixels alone, without recipe, tokens and any other text (Ctrl+Shift+S)</source>
        <translation>仅保存像素，不含配方、Token 和其他文本 (Ctrl+Shift+S)</translation>
    </message>
    <message>
        <source>The recipe of a picture appears here.</source>
        <translation>图片的配方显示在这里。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>规划</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>in the file (%L1 KB)</source>
        <translation>在文件中（%L1 KB）</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Save the picture without metadata</source>
        <translation>保存图片（不含元数据）</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Open in Edit</source>
        <translation>在编辑中打开</translation>
    </message>
    <message>
        <source>Mark a part of the picture and change it there</source>
        <translation>在那里标记图片的一部分并修改</translation>
    </message>
</context>
<context>
    <name>b3o::RoundTripCard</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Compare the picture with its round trip</source>
        <translation>将图片与其往返结果比较</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>往返</translation>
    </message>
    <message>
        <source>The model reads the picture and paints what it kept of it.</source>
        <translation>模型读取图片，再画出它保留的内容。</translation>
    </message>
    <message>
        <source>No round trip</source>
        <translation>无往返</translation>
    </message>
    <message>
        <source>Round trip %1</source>
        <translation>往返 %1</translation>
    </message>
    <message>
        <source>What the model keeps of this picture before any change.</source>
        <translation>修改之前模型能保留的图片内容。</translation>
    </message>
    <message>
        <source>It is read at %1 × %2.</source>
        <translation>以 %1 × %2 读取。</translation>
    </message>
    <message>
        <source>It is read squashed to %1 × %2.</source>
        <translation>压缩到 %1 × %2 读取。</translation>
    </message>
    <message>
        <source>It is read cropped to its middle square, at %1 × %2; the rest is not seen.</source>
        <translation>裁剪为中间正方形 %1 × %2 读取，其余部分看不到。</translation>
    </message>
</context>
<context>
    <name>b3o::SelfCheck</name>
    <message>
        <source>redrawing, try %1 of %2</source>
        <translation>正在重画，第 %1/%2 次</translation>
    </message>
    <message>
        <source>asking</source>
        <translation>正在询问</translation>
    </message>
    <message>
        <source>%1 of %2 fit</source>
        <translation>%1/%2 符合</translation>
    </message>
</context>
<context>
    <name>b3o::SessionList</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Bring the removed session back</source>
        <translation>恢复移除的会话</translation>
    </message>
    <message>
        <source>Unnamed session</source>
        <translation>未命名会话</translation>
    </message>
    <message>
        <source>Remove the session %1</source>
        <translation>移除会话 %1</translation>
    </message>
    <message>
        <source>Remove; it can be brought back</source>
        <translation>移除，可恢复</translation>
    </message>
    <message>
        <source>No session is kept yet</source>
        <translation>还没有保存的会话</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Bring the session %1 back</source>
        <translation>恢复会话 %1</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Delete the session %1 for good</source>
        <translation>彻底删除会话 %1</translation>
    </message>
    <message>
        <source>Delete for good; this cannot be undone</source>
        <translation>彻底删除，无法撤销</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>已移除</translation>
    </message>
</context>
<context>
    <name>b3o::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>没有设置包含这些词。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
</context>
<context>
    <name>b3o::StatusLine</name>
    <message>
        <source>Progress of the running job</source>
        <translation>当前任务进度</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the running job</source>
        <translation>停止正在运行的任务</translation>
    </message>
    <message>
        <source>Stop the running job (Esc)</source>
        <translation>停止当前任务 (Esc)</translation>
    </message>
    <message>
        <source>What waits: order, pause, remove</source>
        <translation>等待的任务：排序、暂停、移除</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Memory of this program</source>
        <translation>本程序的内存</translation>
    </message>
    <message>
        <source>%1 waiting, paused</source>
        <translation>%1 个等待，已暂停</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 个等待</translation>
    </message>
</context>
<context>
    <name>b3o::Thumbnail</name>
    <message>
        <source>Picture %1</source>
        <translation>图片 %1</translation>
    </message>
</context>
<context>
    <name>b3o::ToolColumn</name>
    <message>
        <source>Move</source>
        <translation>平移</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮擦</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Move the picture (Esc); the middle button moves it with any tool</source>
        <translation>平移图片 (Esc)；任何工具下都可用鼠标中键平移</translation>
    </message>
    <message>
        <source>Mark with the brush (B); [ and ] change its size</source>
        <translation>用画笔标记 (B)；[ 和 ] 改变大小</translation>
    </message>
    <message>
        <source>Take the mark away (E); X swaps brush and eraser</source>
        <translation>擦除标记 (E)；X 切换画笔和橡皮擦</translation>
    </message>
    <message>
        <source>Mark a rectangle; with Alt take it out of the mark</source>
        <translation>标记矩形；按住 Alt 从标记中减去</translation>
    </message>
    <message>
        <source>Mark what you draw around; with Alt take it out of the mark</source>
        <translation>标记圈选区域；按住 Alt 从标记中减去</translation>
    </message>
    <message>
        <source>Turn the mark around</source>
        <translation>反转标记</translation>
    </message>
    <message>
        <source>Mark what is not marked, and the other way round (Shift+V)</source>
        <translation>标记与未标记互换 (Shift+V)</translation>
    </message>
</context>
<context>
    <name>b3o::ToolOptions</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>硬度</translation>
    </message>
    <message>
        <source>Size of the brush</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>Size of the brush in pixels of the picture ([ and ])</source>
        <translation>画笔大小（图片像素，[ 和 ]）</translation>
    </message>
    <message>
        <source>Hardness of the brush</source>
        <translation>画笔硬度</translation>
    </message>
    <message>
        <source>How much of the brush marks fully; the rest fades out</source>
        <translation>画笔完全标记的部分，其余渐隐</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Mark in blue</source>
        <translation>蓝色标记</translation>
    </message>
    <message>
        <source>Mark in red</source>
        <translation>红色标记</translation>
    </message>
    <message>
        <source>Mark in green</source>
        <translation>绿色标记</translation>
    </message>
    <message>
        <source>Mark in yellow</source>
        <translation>黄色标记</translation>
    </message>
    <message>
        <source>%1 px</source>
        <translation>%1 px</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Change the whole mark</source>
        <translation>修改整个标记</translation>
    </message>
    <message>
        <source>Grow by %1 px</source>
        <translation>扩展 %1 px</translation>
    </message>
    <message>
        <source>Shrink by %1 px</source>
        <translation>收缩 %1 px</translation>
    </message>
    <message>
        <source>Soften over %1 px inside its edge</source>
        <translation>边缘内侧柔化 %1 px</translation>
    </message>
</context>
<context>
    <name>b3o::TurnActions</name>
    <message>
        <source>The branch before</source>
        <translation>上一个分支</translation>
    </message>
    <message>
        <source>The next branch</source>
        <translation>下一个分支</translation>
    </message>
</context>
<context>
    <name>b3o::UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Hide this</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>重做 (Ctrl+Shift+Z)</translation>
    </message>
</context>
</TS>
