<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>About</name>
    <message>
        <source>licence not stated</source>
        <translation>未注明许可证</translation>
    </message>
    <message>
        <source>MiMo Workbench {version}</source>
        <translation>MiMo Workbench {version}</translation>
    </message>
    <message>
        <source>A desktop workbench for Xiaomi&apos;s MiMo models.</source>
        <translation>面向小米 MiMo 模型的桌面工作台。</translation>
    </message>
    <message>
        <source>If something goes wrong</source>
        <translation>出现问题时</translation>
    </message>
    <message>
        <source>This is what gets copied: versions, relevant settings and the end of the log. It contains no keys.</source>
        <translation>复制的内容如下：版本、相关设置和日志末尾。其中不含密钥。</translation>
    </message>
    <message>
        <source>Packages and licences</source>
        <translation>软件包与许可证</translation>
    </message>
    <message>
        <source>Select a package to read its licence. The workbench itself is licensed under MIT.</source>
        <translation>选择一个软件包查看其许可证。工作台本身采用 MIT 许可证。</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断信息</translation>
    </message>
    <message>
        <source>This is an independent project, not made by Xiaomi. Xiaomi&apos;s own desktop app is MiMo Desktop. The demo service is our own stand-in and never runs MiMo.</source>
        <translation>本软件为独立项目，并非小米出品；小米自己的桌面应用是 MiMo Desktop。示例服务是我们自带的替身，从不运行 MiMo。</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Licence text</source>
        <translation>许可证全文</translation>
    </message>
    <message>
        <source>{name} includes no licence file. Its licence is named in the list above.</source>
        <translation>{name} 不含许可证文件，其许可证名称见上方列表。</translation>
    </message>
    <message>
        <source>The diagnostics were copied.</source>
        <translation>诊断信息已复制。</translation>
    </message>
</context>
<context>
    <name>Appearance</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>How the workbench looks and which language it uses.</source>
        <translation>工作台的外观与语言。</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Turn off animations that aren&apos;t essential.</source>
        <translation>关闭不必要的动画。</translation>
    </message>
    <message>
        <source>Presentation mode hides keys, account names, your name and file paths. Turn this on to hide service addresses too.</source>
        <translation>演示模式会隐藏密钥、账户名、你的名字和文件路径。打开此项后，服务地址也会隐藏。</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Hide hosts while presenting</source>
        <translation>演示时隐藏主机</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>per cent</source>
        <translation>百分比</translation>
    </message>
</context>
<context>
    <name>Audio</name>
    <message>
        <source>{name} (not connected)</source>
        <translation>{name}（未连接）</translation>
    </message>
    <message>
        <source>{n} dB, too loud</source>
        <translation>{n} dB，太响</translation>
    </message>
    <message>
        <source>{n} dB</source>
        <translation>{n} dB</translation>
    </message>
    <message>
        <source>Where audio is played and recorded.</source>
        <translation>声音在哪里播放，在哪里录制。</translation>
    </message>
    <message>
        <source>A longer buffer avoids dropouts on a busy computer; a shorter one starts sooner. Applies from the next sound.</source>
        <translation>缓冲越长，电脑繁忙时越不易断音；越短，越快开始播放。从下一次播放起生效。</translation>
    </message>
    <message>
        <source>Microphone meter</source>
        <translation>麦克风电平表</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Output device</source>
        <translation>输出设备</translation>
    </message>
    <message>
        <source>Input device</source>
        <translation>输入设备</translation>
    </message>
    <message>
        <source>Play a test tone</source>
        <translation>播放测试音</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>缓冲</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Microphone level</source>
        <translation>麦克风电平</translation>
    </message>
</context>
<context>
    <name>Chat</name>
    <message>
        <source>“{title}” was deleted.</source>
        <translation>已删除“{title}”。</translation>
    </message>
    <message>
        <source>Export conversation</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Markdown (*.md);;JSON with all branches (*.json)</source>
        <translation>Markdown (*.md);;JSON，含所有分支 (*.json)</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message>
        <source>Import conversation</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>“{title}” was imported.</source>
        <translation>已导入“{title}”。</translation>
    </message>
    <message>
        <source>A reply is still running. Stop it or wait until it is finished. Your text stays here.</source>
        <translation>回复仍在生成。请先停止，或等待其完成。您输入的文字会保留在这里。</translation>
    </message>
    <message>
        <source>The program is closing, so nothing is sent any more.</source>
        <translation>程序正在关闭，不再发送任何内容。</translation>
    </message>
    <message>
        <source>There is no model “{name}” here. Choose one from the list, or add it under Further models for this service in Settings.</source>
        <translation>这里没有模型“{name}”。请从列表中选择，或在“设置”中把它添加到该服务的“其他模型”。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>This call belongs to another conversation. Open that one first.</source>
        <translation>这次调用属于另一个对话，请先打开那个对话。</translation>
    </message>
    <message>
        <source>This request is written for another protocol than that of the chosen service. Choose the service it was sent to, then send again.</source>
        <translation>此请求使用的协议与当前服务不同。请先选择当初发送到的服务，再重新发送。</translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation>{n} 个 token</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>回答中</translation>
    </message>
    <message>
        <source>asks you</source>
        <translation>待批准</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新回复</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>What time is it in Beijing now, and how long until midnight there?</source>
        <translation>现在北京几点？离那里的午夜还有多久？</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Show conversations</source>
        <translation>显示对话列表</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Ask MiMo anything. You can follow its thinking, the tools it calls, and its answer.</source>
        <translation>向 MiMo 提任何问题。你可以看到它的思考、调用的工具和回答。</translation>
    </message>
    <message>
        <source>MiMo Workbench is not by Xiaomi; Xiaomi&apos;s own desktop app is MiMo Desktop.</source>
        <translation>MiMo Workbench 并非小米出品；小米自己的桌面应用是 MiMo Desktop。</translation>
    </message>
    <message>
        <source>Try an example</source>
        <translation>试试示例</translation>
    </message>
    <message>
        <source>The service needs earlier thinking that is not saved here, so this answer is made without thinking. Turn thinking off to keep it that way.</source>
        <translation>服务需要之前的思考内容，但这里没有保存，因此本次回答不使用思考。要一直这样，请关闭思考。</translation>
    </message>
    <message>
        <source>This answer is incomplete: the program or the service stopped before it was finished.</source>
        <translation>回答不完整：程序或服务在回答完成前就停止了。</translation>
    </message>
    <message>
        <source>What arrived is saved. Retry to ask again.</source>
        <translation>已收到的内容已保存。点击“重试”可重新提问。</translation>
    </message>
    <message>
        <source>MiMo wrote a tool call as text instead of making it. Turn Thinking off and retry.</source>
        <translation>MiMo 把工具调用写成了文字，没有真正调用。请关闭“思考”后重试。</translation>
    </message>
    <message>
        <source>The service did not answer. Trying again in {time}.</source>
        <translation>服务没有应答。{time}后重试。</translation>
    </message>
    <message>
        <source>The request limit is reached. Sending in {time}, number {place} in the queue.</source>
        <translation>已达请求上限。{time}后发送，当前排在第 {place} 位。</translation>
    </message>
    <message>
        <source>The request limit is reached. Sending in {time}.</source>
        <translation>已达请求上限。{time}后发送。</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Files you put in the presentation folder beforehand are listed here.</source>
        <translation>事先放入演示文件夹的文件会列在这里。</translation>
    </message>
    <message>
        <source>A file with this name exists and will be replaced.</source>
        <translation>已有同名文件，将被替换。</translation>
    </message>
    <message>
        <source>There is no such file in the presentation folder.</source>
        <translation>演示文件夹中没有这个文件。</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Find in conversation</source>
        <translation>在对话中查找</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Choose model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Rename conversation</source>
        <translation>重命名对话</translation>
    </message>
    <message>
        <source>Pin conversation</source>
        <translation>置顶对话</translation>
    </message>
    <message>
        <source>Delete conversation</source>
        <translation>删除对话</translation>
    </message>
    <message>
        <source>Export conversation</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Import conversation</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Show or hide tools</source>
        <translation>显示或隐藏工具</translation>
    </message>
    <message>
        <source>Show or hide the inspector</source>
        <translation>显示或隐藏检查器</translation>
    </message>
    <message>
        <source>Show or hide parameters</source>
        <translation>显示或隐藏参数</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Speak, or stop speaking</source>
        <translation>朗读，或停止朗读</translation>
    </message>
    <message>
        <source>Hear voice</source>
        <translation>试听音色</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>Rename session</source>
        <translation>重命名会话</translation>
    </message>
    <message>
        <source>Delete session</source>
        <translation>删除会话</translation>
    </message>
    <message>
        <source>Play or pause take</source>
        <translation>播放或暂停录音</translation>
    </message>
    <message>
        <source>Redo take</source>
        <translation>重做录音</translation>
    </message>
    <message>
        <source>Speak part again</source>
        <translation>重新朗读选中的分段</translation>
    </message>
    <message>
        <source>Reuse settings of take</source>
        <translation>复用录音的设置</translation>
    </message>
    <message>
        <source>Keep as voice</source>
        <translation>保存为音色</translation>
    </message>
    <message>
        <source>Star take</source>
        <translation>为录音加星</translation>
    </message>
    <message>
        <source>Export take</source>
        <translation>导出录音</translation>
    </message>
    <message>
        <source>Delete take</source>
        <translation>删除录音</translation>
    </message>
    <message>
        <source>Transcribe file</source>
        <translation>转写文件</translation>
    </message>
    <message>
        <source>Design voice, or stop designing</source>
        <translation>设计音色，或停止设计</translation>
    </message>
    <message>
        <source>Keep voice</source>
        <translation>保留音色</translation>
    </message>
    <message>
        <source>Choose sample</source>
        <translation>选择样本</translation>
    </message>
    <message>
        <source>Record sample, or stop recording</source>
        <translation>录制样本，或停止录制</translation>
    </message>
    <message>
        <source>Play or pause sample</source>
        <translation>播放或暂停样本</translation>
    </message>
    <message>
        <source>Speak with this voice</source>
        <translation>用此音色朗读</translation>
    </message>
    <message>
        <source>Save voice</source>
        <translation>保存音色</translation>
    </message>
    <message>
        <source>Play or pause voice</source>
        <translation>播放或暂停音色</translation>
    </message>
    <message>
        <source>Export voice</source>
        <translation>导出音色</translation>
    </message>
    <message>
        <source>Import voice</source>
        <translation>导入音色</translation>
    </message>
    <message>
        <source>Delete voice</source>
        <translation>删除音色</translation>
    </message>
    <message>
        <source>Rename voice</source>
        <translation>重命名音色</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Dismiss notice</source>
        <translation>关闭通知</translation>
    </message>
    <message>
        <source>Show or close jobs</source>
        <translation>显示或关闭任务</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>{n} tools</source>
        <translation>{n} 个工具</translation>
    </message>
    <message>
        <source>{tools} · {n} always allowed</source>
        <translation>{tools} · {n} 个始终允许</translation>
    </message>
    <message>
        <source>Tools in use</source>
        <translation>使用中的工具</translation>
    </message>
    <message>
        <source>Sent with every message: {names}</source>
        <translation>随每条消息发送：{names}</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Message MiMo…</source>
        <translation>给 MiMo 发消息…</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Think first</source>
        <translation>先思考</translation>
    </message>
    <message>
        <source>Let the model think before it answers. Its thoughts are shown.</source>
        <translation>让模型先思考再回答，思考过程会显示出来。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
</context>
<context>
    <name>Conversations</name>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>No conversation contains these words.</source>
        <translation>没有包含这些词的对话。</translation>
    </message>
    <message>
        <source>Conversation title</source>
        <translation>对话标题</translation>
    </message>
    <message>
        <source>Rename conversation</source>
        <translation>重命名对话</translation>
    </message>
    <message>
        <source>Pin conversation</source>
        <translation>置顶对话</translation>
    </message>
    <message>
        <source>Export conversation</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Import conversation</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Delete conversation</source>
        <translation>删除对话</translation>
    </message>
</context>
<context>
    <name>Data</name>
    <message>
        <source>ERASE</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Everything the workbench saves is in one folder, except keys.</source>
        <translation>工作台保存的所有内容都在一个文件夹中，密钥除外。</translation>
    </message>
    <message>
        <source>Everything the workbench saves is in one folder, including the keys saved in a file.</source>
        <translation>工作台保存的所有内容都在一个文件夹中，包括保存在文件中的密钥。</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Calls kept</source>
        <translation>保留的调用数</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Backups kept</source>
        <translation>保留的备份数</translation>
    </message>
    <message>
        <source>Hours between backups</source>
        <translation>备份间隔（小时）</translation>
    </message>
    <message>
        <source>Megabytes for backups</source>
        <translation>备份占用上限（MB）</translation>
    </message>
    <message>
        <source>Everything as one file</source>
        <translation>全部内容存为一个文件</translation>
    </message>
    <message>
        <source>No backups yet. They are made automatically at the interval set below.</source>
        <translation>还没有备份。会按下方设置的间隔自动备份。</translation>
    </message>
    <message>
        <source>Restore adds whatever the backup has and this computer lacks. It changes nothing else.</source>
        <translation>“恢复”会添加备份中有而本机缺少的内容，不会改变其他内容。</translation>
    </message>
    <message>
        <source>Conversations, takes, voices, audio, attachments and settings, but never keys, to move to another computer or keep safe. Importing adds what is missing here and changes nothing else.</source>
        <translation>对话、录音、音色、音频、附件和设置，用于转移到其他电脑或妥善保存，不含密钥。导入只添加这里缺少的内容，不改变其他内容。</translation>
    </message>
    <message>
        <source>Export everything</source>
        <translation>导出全部</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Erase everything</source>
        <translation>清除全部内容</translation>
    </message>
    <message>
        <source>Every conversation, take, voice and setting, all backups and all keys are removed from this computer, then the workbench closes. This can&apos;t be undone: export everything first if you may want it back.</source>
        <translation>所有对话、片段、音色和设置，全部备份和密钥都将从这台电脑上删除，随后工作台关闭。此操作无法撤销：如果以后可能还要，请先导出全部内容。</translation>
    </message>
    <message>
        <source>Type {word} to confirm</source>
        <translation>输入“{word}”以确认</translation>
    </message>
    <message>
        <source>Confirmation</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Export first</source>
        <translation>先导出</translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>Erase and close</source>
        <translation>清除并关闭</translation>
    </message>
    <message>
        <source>Everything as one file (*.zip)</source>
        <translation>全部内容存为一个文件 (*.zip)</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>正在导出</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>{all} in total: text {words}, audio and attachments {blobs}, backups {backups}, other {rest}.</source>
        <translation>共 {all}：文字 {words}，音频和附件 {blobs}，备份 {backups}，其他 {rest}。</translation>
    </message>
    <message>
        <source>Backup created.</source>
        <translation>备份已创建。</translation>
    </message>
    <message>
        <source>Stopped. Nothing here was changed.</source>
        <translation>已停止。这里的内容没有改变。</translation>
    </message>
    <message>
        <source>Everything except API keys was exported to {name} ({size}).</source>
        <translation>除 API 密钥外，所有内容已导出到 {name}（{size}）。</translation>
    </message>
    <message>
        <source>The file also contains settings. Yours have not been changed.</source>
        <translation>文件中还有设置。你的设置没有改变。</translation>
    </message>
    <message>
        <source>Different from yours: {n}.</source>
        <translation>与您的不同：{n} 项。</translation>
    </message>
    <message>
        <source>New services: {names}.</source>
        <translation>新增服务：{names}。</translation>
    </message>
    <message>
        <source>Services that would change: {names}.</source>
        <translation>将会改变的服务：{names}。</translation>
    </message>
    <message>
        <source>Skipped because yours have different addresses: {names}.</source>
        <translation>已跳过，因为你的同名服务地址不同：{names}。</translation>
    </message>
    <message>
        <source>Import these settings</source>
        <translation>导入这些设置</translation>
    </message>
    <message>
        <source>Settings imported: {n}</source>
        <translation>已导入设置：{n}</translation>
    </message>
    <message>
        <source>A key could not be removed: {reason} Remove it from this computer&apos;s keychain, or erase again to continue without removing it.</source>
        <translation>有一个密钥无法移除：{reason}请在本机的钥匙串中移除它，或再次抹掉以继续而不移除它。</translation>
    </message>
    <message>
        <source>Nothing to add: everything in the file is already here.</source>
        <translation>无需添加：文件中的内容这里都已有。</translation>
    </message>
    <message>
        <source>Added. Conversations: {conversations} · Messages: {messages} · Takes: {takes} · Other items: {things}</source>
        <translation>已恢复。对话：{conversations} · 消息：{messages} · 录音：{takes} · 其他：{things}</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
    </message>
    <message>
        <source>MiMo</source>
        <translation>MiMo</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Tool call</source>
        <translation>工具调用</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Attachment</source>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Your work is saved. To report the problem, use “Copy diagnostics” in Settings, About.</source>
        <translation>您的工作已保存。如需报告问题，请使用“设置 › 关于”中的“复制诊断信息”。</translation>
    </message>
    <message>
        <source>en-US</source>
        <translation>zh-CN</translation>
    </message>
    <message>
        <source>See {page}</source>
        <translation>详见 {page}</translation>
    </message>
    <message>
        <source>this service</source>
        <translation>此服务</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>该文件</translation>
    </message>
    <message>
        <source>Something unexpected happened ({kind}): {message}.</source>
        <translation>发生了意外（{kind}）：{message}。</translation>
    </message>
    <message>
        <source>The service did not accept the request: {detail}.</source>
        <translation>服务不接受该请求：{detail}。</translation>
    </message>
    <message>
        <source>Correct the field it names and try again.</source>
        <translation>请更正其中指出的字段后重试。</translation>
    </message>
    <message>
        <source>The service needs the earlier thinking: {detail}.</source>
        <translation>服务需要先前的思考内容：{detail}。</translation>
    </message>
    <message>
        <source>Turn on “Send earlier thinking” in Parameters, or turn thinking off, and try again.</source>
        <translation>请在参数中打开“发送先前的思考”，或关闭思考，然后重试。</translation>
    </message>
    <message>
        <source>Turn on the plugin in the console (it takes about five minutes), or send without web search.</source>
        <translation>请在控制台开启插件（约五分钟后生效），或关闭联网搜索后再发送。</translation>
    </message>
    <message>
        <source>The service did not accept the key: {detail}.</source>
        <translation>服务不接受该密钥：{detail}。</translation>
    </message>
    <message>
        <source>It may be mistyped, expired, or belong to another plan or region. Check it in Settings, Services.</source>
        <translation>可能输错、已过期，或属于其他套餐或地区。请在“设置 › 服务”中检查。</translation>
    </message>
    <message>
        <source>No key is saved for {service}.</source>
        <translation>没有为 {service} 保存密钥。</translation>
    </message>
    <message>
        <source>Enter one in Settings, Services, or use the demo service.</source>
        <translation>请在“设置 › 服务”中填写，或使用示例服务。</translation>
    </message>
    <message>
        <source>This key is not the kind {host} accepts, so it was not sent.</source>
        <translation>{host} 不接受这种类型的密钥，因此没有发送。</translation>
    </message>
    <message>
        <source>Keys starting with sk- are for pay-as-you-go; tp- and ttp- are for Token Plan. Choose the matching service.</source>
        <translation>sk- 开头的密钥用于按量付费，tp- 和 ttp- 用于 Token Plan：请选择对应的服务。</translation>
    </message>
    <message>
        <source>The account balance is used up: {detail}.</source>
        <translation>账户余额不足：{detail}。</translation>
    </message>
    <message>
        <source>The service denied access: {detail}.</source>
        <translation>服务拒绝访问：{detail}。</translation>
    </message>
    <message>
        <source>It may not be available in your region, or the key may be locked. Try a new key.</source>
        <translation>您所在的地区可能不可用，或密钥已被锁定。请换用新密钥。</translation>
    </message>
    <message>
        <source>The service flagged these requests as risky: {detail}.</source>
        <translation>服务判定这些请求存在风险：{detail}。</translation>
    </message>
    <message>
        <source>Check the content you send. You may need a new key.</source>
        <translation>请检查发送的内容；可能需要更换密钥。</translation>
    </message>
    <message>
        <source>The service does not know this model or address: {detail}.</source>
        <translation>服务中没有该模型或地址：{detail}。</translation>
    </message>
    <message>
        <source>Choose a model that accepts images, or remove the image.</source>
        <translation>请选择支持图像的模型，或移除图片。</translation>
    </message>
    <message>
        <source>The service asks for fewer requests: {detail}.</source>
        <translation>服务要求降低请求频率：{detail}。</translation>
    </message>
    <message>
        <source>Wait a moment and try again.</source>
        <translation>请稍等后重试。</translation>
    </message>
    <message>
        <source>The plan&apos;s quota is used up: {detail}.</source>
        <translation>套餐额度已用完：{detail}。</translation>
    </message>
    <message>
        <source>Upgrade the plan, wait until it renews, or use pay-as-you-go.</source>
        <translation>请升级套餐、等待续期，或改用按量付费。</translation>
    </message>
    <message>
        <source>Try again later. If the problem persists, write to support-mimo@xiaomi.com.</source>
        <translation>请稍后再试。如果问题依旧，请写信至 support-mimo@xiaomi.com。</translation>
    </message>
    <message>
        <source>Check the base URL and choose a model from the list.</source>
        <translation>请检查基础地址，并从列表中选择模型。</translation>
    </message>
    <message>
        <source>Try again later. If the problem persists, look into the log of the service at {host}.</source>
        <translation>请稍后再试。如果问题持续存在，请查看 {host} 上该服务的日志。</translation>
    </message>
    <message>
        <source>Web search is turned off for this account: {detail}.</source>
        <translation>该账户未开启联网搜索：{detail}。</translation>
    </message>
    <message>
        <source>Top up the account in the console, then try again. Free speech may need a balance too.</source>
        <translation>请在控制台充值后重试。免费的语音合成也可能要求账户有余额。</translation>
    </message>
    <message>
        <source>The service does not have this model: {detail}.</source>
        <translation>该服务没有这个模型：{detail}。</translation>
    </message>
    <message>
        <source>It may be retired or misspelt. Choose a model from the list.</source>
        <translation>它可能已下线，或名称有误。请从列表中选择模型。</translation>
    </message>
    <message>
        <source>The service could not read the attachment: {detail}.</source>
        <translation>服务无法读取附件：{detail}。</translation>
    </message>
    <message>
        <source>Save it again in another way: a video with variable bitrate (CRF) and yuv420p is accepted.</source>
        <translation>请换一种方式重新保存：可变码率（CRF）、yuv420p 的视频可以被接受。</translation>
    </message>
    <message>
        <source>This model does not accept images: {detail}.</source>
        <translation>该模型不接受图片：{detail}。</translation>
    </message>
    <message>
        <source>The service refused the content: {detail}.</source>
        <translation>服务拒绝了该内容：{detail}。</translation>
    </message>
    <message>
        <source>Rephrase it without unsafe or sensitive content.</source>
        <translation>请改写，避免不安全或敏感内容。</translation>
    </message>
    <message>
        <source>The service is overloaded: {detail}.</source>
        <translation>服务繁忙：{detail}。</translation>
    </message>
    <message>
        <source>The service had an internal error ({status}): {detail}.</source>
        <translation>服务内部错误（{status}）：{detail}。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>The service answered with status {status}: {detail}.</source>
        <translation>服务返回状态 {status}：{detail}。</translation>
    </message>
    <message>
        <source>Check the base URL in Settings, Services.</source>
        <translation>请在“设置 › 服务”中检查基础地址。</translation>
    </message>
    <message>
        <source>{host} can&apos;t be reached.</source>
        <translation>无法连接 {host}。</translation>
    </message>
    <message>
        <source>Check the network and the base URL, then try again.</source>
        <translation>请检查网络和基础地址后重试。</translation>
    </message>
    <message>
        <source>{host} did not accept the connection within {seconds} s.</source>
        <translation>{host} 未在 {seconds} 秒内接受连接。</translation>
    </message>
    <message>
        <source>Try again. The time limit is in Settings, Network.</source>
        <translation>请重试。时限可在“设置 › 网络”中调整。</translation>
    </message>
    <message>
        <source>The reply stalled for {seconds} s.</source>
        <translation>回复停顿了 {seconds} 秒。</translation>
    </message>
    <message>
        <source>What arrived is saved. Try again.</source>
        <translation>已收到的内容已保存，请重试。</translation>
    </message>
    <message>
        <source>The request did not finish within {seconds} s.</source>
        <translation>请求在 {seconds} 秒内未能完成。</translation>
    </message>
    <message>
        <source>Check the computer&apos;s clock, the proxy and the certificates.</source>
        <translation>请检查电脑时钟、代理和证书。</translation>
    </message>
    <message>
        <source>The connection to {host} was lost.</source>
        <translation>与 {host} 的连接已断开。</translation>
    </message>
    <message>
        <source>The reply ended before it was complete.</source>
        <translation>回复不完整就结束了。</translation>
    </message>
    <message>
        <source>Request less at a time.</source>
        <translation>请减少一次请求的内容。</translation>
    </message>
    <message>
        <source>The key would be sent to {host} unencrypted, so nothing was sent.</source>
        <translation>密钥将以明文发往 {host}，因此没有发送任何内容。</translation>
    </message>
    <message>
        <source>Use an https address, or turn on “Send the key there unencrypted” in Settings, Services.</source>
        <translation>请改用 https 地址，或在“设置 › 服务”中开启“以未加密方式发送密钥”。</translation>
    </message>
    <message>
        <source>The base URL is not a valid web address: {url}.</source>
        <translation>基础地址不是有效的网址：{url}。</translation>
    </message>
    <message>
        <source>It should look like https://api.xiaomimimo.com/v1.</source>
        <translation>应形如 https://api.xiaomimimo.com/v1。</translation>
    </message>
    <message>
        <source>{path} contains no readable certificates: {reason}.</source>
        <translation>{path} 中没有可读取的证书：{reason}。</translation>
    </message>
    <message>
        <source>Choose your certificate authority&apos;s PEM file in Settings, Network.</source>
        <translation>请在“设置 › 网络”中选择您的证书颁发机构的 PEM 文件。</translation>
    </message>
    <message>
        <source>The proxy address is not valid: {url}.</source>
        <translation>代理地址无效：{url}。</translation>
    </message>
    <message>
        <source>It should look like http://127.0.0.1:7890. See Settings, Network.</source>
        <translation>应形如 http://127.0.0.1:7890。请在“设置 › 网络”中修改。</translation>
    </message>
    <message>
        <source>The Token Plan terms have not been accepted yet.</source>
        <translation>尚未接受 Token Plan 的条款。</translation>
    </message>
    <message>
        <source>Nothing was sent. Read and accept the terms in Settings, Services.</source>
        <translation>没有发送任何内容。请在“设置 › 服务”中阅读并接受条款。</translation>
    </message>
    <message>
        <source>{host} redirects to {target}; the key was not sent there.</source>
        <translation>{host} 重定向到 {target}；密钥没有发往那里。</translation>
    </message>
    <message>
        <source>Check the network or the proxy, then try again.</source>
        <translation>请检查网络或代理后重试。</translation>
    </message>
    <message>
        <source>The proxy {proxy} can&apos;t be reached.</source>
        <translation>无法连接代理 {proxy}。</translation>
    </message>
    <message>
        <source>It comes from the environment variable {variable}. Correct the variable, or switch off “Follow the system&apos;s proxy” in Settings, Network.</source>
        <translation>该代理来自环境变量 {variable}。请更正此变量，或在“设置 › 网络”中关闭“跟随系统代理”。</translation>
    </message>
    <message>
        <source>Check the proxy in Settings, Network.</source>
        <translation>请检查“设置 › 网络”中的代理。</translation>
    </message>
    <message>
        <source>The proxy {proxy} refused the connection: {reason}.</source>
        <translation>代理 {proxy} 拒绝了连接：{reason}。</translation>
    </message>
    <message>
        <source>It goes through the proxy {proxy}. Check the proxy in Settings, Network.</source>
        <translation>连接经过代理 {proxy}。请在“设置”的“网络”中检查代理。</translation>
    </message>
    <message>
        <source>It goes through the proxy {proxy} of the environment variable {variable}. If that is not wanted, switch off “Follow the system&apos;s proxy” in Settings, Network.</source>
        <translation>连接经过环境变量 {variable} 指定的代理 {proxy}。如不需要，请在“设置”的“网络”中关闭“跟随系统代理”。</translation>
    </message>
    <message>
        <source>No server named {host} was found.</source>
        <translation>找不到名为 {host} 的服务器。</translation>
    </message>
    <message>
        <source>Check the spelling of the base URL, and the network.</source>
        <translation>请检查基础地址的拼写和网络。</translation>
    </message>
    <message>
        <source>{host} refused the connection.</source>
        <translation>{host} 拒绝了连接。</translation>
    </message>
    <message>
        <source>Check that the service runs, and the port in the base URL.</source>
        <translation>请确认服务正在运行，且基础地址中的端口正确。</translation>
    </message>
    <message>
        <source>The environment variable {variable} holds an unusable proxy entry: {url}.</source>
        <translation>环境变量 {variable} 中的代理设置无法使用：{url}。</translation>
    </message>
    <message>
        <source>Correct the variable, or switch off “Follow the system&apos;s proxy” in Settings, Network.</source>
        <translation>请更正此变量，或在“设置 › 网络”中关闭“跟随系统代理”。</translation>
    </message>
    <message>
        <source>{host} sent nothing within {seconds} s.</source>
        <translation>{host} 在 {seconds} 秒内没有发送任何内容。</translation>
    </message>
    <message>
        <source>Try a shorter text, or raise the limit in Settings, Network.</source>
        <translation>请缩短文本，或在“设置 › 网络”中提高时限。</translation>
    </message>
    <message>
        <source>The secure connection to {host} failed: {message}.</source>
        <translation>与 {host} 的安全连接失败：{message}。</translation>
    </message>
    <message>
        <source>The response from {host} does not follow the MiMo protocol: {detail}.</source>
        <translation>{host} 的响应不符合 MiMo 协议：{detail}。</translation>
    </message>
    <message>
        <source>Check the base URL and the protocol in Settings, Services.</source>
        <translation>请在“设置 › 服务”中检查基础地址和协议。</translation>
    </message>
    <message>
        <source>The reply is larger than the limit of {limit}.</source>
        <translation>回复超过上限 {limit}。</translation>
    </message>
    <message>
        <source>If you trust it, enter that address as the base URL.</source>
        <translation>如果你信任它，请把该地址填为基础地址。</translation>
    </message>
    <message>
        <source>The demo service is not installed (missing: {missing}).</source>
        <translation>示例服务未安装（缺少：{missing}）。</translation>
    </message>
    <message>
        <source>Start the program with “python3 packaging/bootstrap.py run”, or install the extra “demo”.</source>
        <translation>请用“python3 packaging/bootstrap.py run”启动，或安装附加组件“demo”。</translation>
    </message>
    <message>
        <source>The demo service stopped unexpectedly.</source>
        <translation>示例服务意外停止。</translation>
    </message>
    <message>
        <source>It restarts with the next request.</source>
        <translation>下次请求时会自动重启。</translation>
    </message>
    <message>
        <source>The demo service did not start: {reason}.</source>
        <translation>示例服务未能启动：{reason}。</translation>
    </message>
    <message>
        <source>Try again, or choose another service in Settings.</source>
        <translation>请重试，或在设置中选择其他服务。</translation>
    </message>
    <message>
        <source>The model asked for a tool that does not exist: {name}.</source>
        <translation>模型要求的工具不存在：{name}。</translation>
    </message>
    <message>
        <source>The model was told and can continue.</source>
        <translation>已告知模型，它可以继续。</translation>
    </message>
    <message>
        <source>The arguments for {name} are not valid: {reason}.</source>
        <translation>{name} 的参数无效：{reason}。</translation>
    </message>
    <message>
        <source>The model was told. You can edit the arguments and replay.</source>
        <translation>已告知模型；你可以编辑参数后重放。</translation>
    </message>
    <message>
        <source>The model was told.</source>
        <translation>已告知模型。</translation>
    </message>
    <message>
        <source>Retry to let MiMo continue, or ask a clearer question.</source>
        <translation>可重试让 MiMo 继续，或把问题问得更清楚。</translation>
    </message>
    <message>
        <source>{name} failed: {reason}.</source>
        <translation>{name} 失败：{reason}。</translation>
    </message>
    <message>
        <source>{name} was called again with the same arguments and result.</source>
        <translation>{name} 以相同的参数再次调用并得到相同的结果。</translation>
    </message>
    <message>
        <source>Install it (Debian, Ubuntu: apt install libportaudio2). Everything else works.</source>
        <translation>请安装它（Debian、Ubuntu：apt install libportaudio2）。其他功能不受影响。</translation>
    </message>
    <message>
        <source>Choose another one in Settings, Audio.</source>
        <translation>请在“设置 › 音频”中选择另一个。</translation>
    </message>
    <message>
        <source>Try again, or choose another file.</source>
        <translation>请重试，或选择其他文件。</translation>
    </message>
    <message>
        <source>Choose a WAV, FLAC, MP3, OGG or AIFF file.</source>
        <translation>请选择 WAV、FLAC、MP3、OGG 或 AIFF 文件。</translation>
    </message>
    <message>
        <source>Audio needs the PortAudio library, which is not installed.</source>
        <translation>音频功能需要 PortAudio 库，但尚未安装。</translation>
    </message>
    <message>
        <source>No output device was found.</source>
        <translation>没有找到输出设备。</translation>
    </message>
    <message>
        <source>Connect one, or choose it in Settings, Audio.</source>
        <translation>请连接设备，或在“设置 › 音频”中选择。</translation>
    </message>
    <message>
        <source>No microphone was found.</source>
        <translation>没有找到麦克风。</translation>
    </message>
    <message>
        <source>Connect one, or choose it in Settings, Audio. You can also use a file.</source>
        <translation>请连接麦克风，或在“设置 › 音频”中选择；也可以使用文件。</translation>
    </message>
    <message>
        <source>The audio device was disconnected.</source>
        <translation>音频设备已断开。</translation>
    </message>
    <message>
        <source>Playback is paused. Press Play to continue on another device.</source>
        <translation>播放已暂停。按播放可在其他设备上继续。</translation>
    </message>
    <message>
        <source>The microphone “{device}” was disconnected. What was recorded until then is kept.</source>
        <translation>麦克风“{device}”已断开。此前录到的内容已保留。</translation>
    </message>
    <message>
        <source>The audio device can&apos;t be opened: {reason}.</source>
        <translation>无法打开音频设备：{reason}。</translation>
    </message>
    <message>
        <source>Close the program that is using it, or choose another device in Settings, Audio.</source>
        <translation>请关闭占用它的程序，或在“设置 › 音频”中选择其他设备。</translation>
    </message>
    <message>
        <source>The audio is empty.</source>
        <translation>音频是空的。</translation>
    </message>
    <message>
        <source>{name} can&apos;t be read as audio.</source>
        <translation>无法将 {name} 作为音频读取。</translation>
    </message>
    <message>
        <source>{name} is in an audio format that is not supported.</source>
        <translation>不支持 {name} 的音频格式。</translation>
    </message>
    <message>
        <source>Reading {name} needs ffmpeg, which is not installed.</source>
        <translation>读取 {name} 需要 ffmpeg，但尚未安装。</translation>
    </message>
    <message>
        <source>Install ffmpeg, or convert the file to WAV or MP3.</source>
        <translation>请安装 ffmpeg，或把文件转换为 WAV 或 MP3。</translation>
    </message>
    <message>
        <source>{name} is larger than the limit of {limit}.</source>
        <translation>{name} 超过上限 {limit}。</translation>
    </message>
    <message>
        <source>Shorten it first.</source>
        <translation>请先剪短。</translation>
    </message>
    <message>
        <source>The sample is too large to send with a request ({limit}).</source>
        <translation>样本太大，无法随请求发送（{limit}）。</translation>
    </message>
    <message>
        <source>Trim it. 10 to 30 seconds of speech are enough.</source>
        <translation>请裁剪：10 到 30 秒的语音就够了。</translation>
    </message>
    <message>
        <source>Remove it, or choose another model or protocol.</source>
        <translation>请移除它，或选择其他模型或协议。</translation>
    </message>
    <message>
        <source>This service does not accept {mime} in a message.</source>
        <translation>此服务的消息不支持 {mime}。</translation>
    </message>
    <message>
        <source>“{value}” is not valid for {label}.</source>
        <translation>“{value}”不是“{label}”的有效值。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有做任何更改。</translation>
    </message>
    <message>
        <source>There is no text to speak.</source>
        <translation>没有要朗读的文本。</translation>
    </message>
    <message>
        <source>Enter some text first.</source>
        <translation>请先输入文本。</translation>
    </message>
    <message>
        <source>The text would take more than {limit} parts.</source>
        <translation>这段文本需要的分段超过 {limit} 个。</translation>
    </message>
    <message>
        <source>Nothing was sent. Speak it in several sessions.</source>
        <translation>未发送任何请求。请分成多个会话朗读。</translation>
    </message>
    <message>
        <source>There is nothing to read aloud in this answer: it is only code.</source>
        <translation>这条回答只有代码，没有可以朗读的文字。</translation>
    </message>
    <message>
        <source>Copy it instead.</source>
        <translation>可以改为复制。</translation>
    </message>
    <message>
        <source>The voice has no description yet.</source>
        <translation>还没有描述音色。</translation>
    </message>
    <message>
        <source>Describe in a sentence who is speaking and how.</source>
        <translation>请用一句话描述是谁在说话、怎样说话。</translation>
    </message>
    <message>
        <source>There is no sample to clone the voice from.</source>
        <translation>没有可用于克隆音色的样本。</translation>
    </message>
    <message>
        <source>Choose or record a sample.</source>
        <translation>请选择或录制一段样本。</translation>
    </message>
    <message>
        <source>No speech was found in the sample.</source>
        <translation>样本中没有检测到语音。</translation>
    </message>
    <message>
        <source>If the speaker agrees, tick “The speaker has agreed”.</source>
        <translation>如果说话人同意，请勾选“说话人已同意”。</translation>
    </message>
    <message>
        <source>Enter a name.</source>
        <translation>请输入名称。</translation>
    </message>
    <message>
        <source>The file {path} does not exist.</source>
        <translation>文件 {path} 不存在。</translation>
    </message>
    <message>
        <source>{path} is a folder.</source>
        <translation>{path} 是一个文件夹。</translation>
    </message>
    <message>
        <source>Choose a file in it.</source>
        <translation>请选择其中的文件。</translation>
    </message>
    <message>
        <source>{path} is a device, a pipe or a socket, not a file.</source>
        <translation>{path} 是设备、管道或套接字，不是文件。</translation>
    </message>
    <message>
        <source>Choose a file.</source>
        <translation>请选择一个文件。</translation>
    </message>
    <message>
        <source>Check that you have permission to read it.</source>
        <translation>请确认你有读取权限。</translation>
    </message>
    <message>
        <source>Choose another location.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>Record or choose one with 10 to 60 seconds of speech.</source>
        <translation>请录制或选择一段含 10 到 60 秒语音的样本。</translation>
    </message>
    <message>
        <source>The speaker&apos;s consent is not confirmed.</source>
        <translation>尚未确认说话人同意。</translation>
    </message>
    <message>
        <source>The voice has no name.</source>
        <translation>音色还没有名称。</translation>
    </message>
    <message>
        <source>The service offers no model for this.</source>
        <translation>该服务没有可用于此的模型。</translation>
    </message>
    <message>
        <source>Choose another service in Settings.</source>
        <translation>请在设置中选择其他服务。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>{path} can&apos;t be read: {reason}.</source>
        <translation>无法读取 {path}：{reason}。</translation>
    </message>
    <message>
        <source>{path} can&apos;t be written: {reason}.</source>
        <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Another MiMo Workbench is using {path}.</source>
        <translation>另一个 MiMo Workbench 正在使用 {path}。</translation>
    </message>
    <message>
        <source>Use that window, close it, or start with a different --home folder.</source>
        <translation>请使用那个窗口、将其关闭，或用 --home 指定其他文件夹启动。</translation>
    </message>
    <message>
        <source>The program is closing; this was not saved.</source>
        <translation>程序正在关闭，此项未能保存。</translation>
    </message>
    <message>
        <source>Start it again and repeat the last step.</source>
        <translation>请重新启动并重复最后一步。</translation>
    </message>
    <message>
        <source>This item was deleted, or its audio is missing.</source>
        <translation>此项已被删除，或其音频缺失。</translation>
    </message>
    <message>
        <source>A backup may still contain it: Settings, Data.</source>
        <translation>备份中可能还有：请看“设置 › 数据”。</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose an older backup.</source>
        <translation>没有做任何更改；请选择更早的备份。</translation>
    </message>
    <message>
        <source>{name} can&apos;t be imported here, or it is damaged.</source>
        <translation>{name} 无法在此导入，或已损坏。</translation>
    </message>
    <message>
        <source>Import a conversation (.json) with Import conversation in Chat, a voice with Import voice in Voices, and everything (.zip) with Import in Settings, Data.</source>
        <translation>对话（.json）请在“对话”中用“导入对话”，音色请在“音色”中用“导入音色”，全部内容（.zip）请在“设置”的“数据”中用“导入”。</translation>
    </message>
    <message>
        <source>{name} was exported by a newer version of MiMo Workbench.</source>
        <translation>{name} 由更新版本的 MiMo Workbench 导出。</translation>
    </message>
    <message>
        <source>Update MiMo Workbench here, then import the file again.</source>
        <translation>请先更新本机的 MiMo Workbench，然后重新导入该文件。</translation>
    </message>
    <message>
        <source>{name} is larger or more deeply nested than an export ever is.</source>
        <translation>{name} 过大或嵌套过深，不像是正常的导出文件。</translation>
    </message>
    <message>
        <source>Nothing was imported. Export it again in the program it comes from, in several parts if need be.</source>
        <translation>未导入任何内容。请在原程序中重新导出，必要时分成几部分。</translation>
    </message>
    <message>
        <source>The database was empty at the start, although there are backups.</source>
        <translation>启动时数据库是空的，但存在备份。</translation>
    </message>
    <message>
        <source>Restore the last backup to get your conversations and takes back.</source>
        <translation>请恢复最近的备份，以找回对话和录音。</translation>
    </message>
    <message>
        <source>The disk is full, so {path} was not saved.</source>
        <translation>磁盘已满，{path} 未能保存。</translation>
    </message>
    <message>
        <source>Free some space, then try again. What is on screen is not lost.</source>
        <translation>请腾出空间后重试。屏幕上的内容没有丢失。</translation>
    </message>
    <message>
        <source>{path} is not writable.</source>
        <translation>无法写入 {path}。</translation>
    </message>
    <message>
        <source>Start with --home and a folder you can write to.</source>
        <translation>请用 --home 指定一个可写入的文件夹启动。</translation>
    </message>
    <message>
        <source>No keychain is available on this computer.</source>
        <translation>此电脑没有可用的钥匙串。</translation>
    </message>
    <message>
        <source>The key is kept only until the program closes.</source>
        <translation>密钥只保留到程序关闭为止。</translation>
    </message>
    <message>
        <source>The keychain did not save the key: {reason}.</source>
        <translation>钥匙串没有保存密钥：{reason}。</translation>
    </message>
    <message>
        <source>The key is kept only until the program closes. Unlock the keychain and save the key again.</source>
        <translation>密钥只保留到程序关闭为止。请解锁钥匙串后再次保存。</translation>
    </message>
    <message>
        <source>The settings file, or part of it, could not be read.</source>
        <translation>设置文件（或其中一部分）无法读取。</translation>
    </message>
    <message>
        <source>Default values are used instead. The old file was saved as {path}.</source>
        <translation>已改用默认值。旧文件已另存为 {path}。</translation>
    </message>
    <message>
        <source>The key file could not be read.</source>
        <translation>无法读取密钥文件。</translation>
    </message>
    <message>
        <source>It was saved as {path}. Enter the keys again in Settings, Services.</source>
        <translation>它已另存为 {path}。请在“设置 › 服务”中重新输入密钥。</translation>
    </message>
    <message>
        <source>It was saved as {path}. You can restore a backup in Settings, Data.</source>
        <translation>它已另存为 {path}。可在“设置 › 数据”中恢复备份。</translation>
    </message>
    <message>
        <source>The database was written by a newer version of MiMo Workbench.</source>
        <translation>数据库由更新版本的 MiMo Workbench 写入。</translation>
    </message>
    <message>
        <source>Install that version, or start with a different --home folder.</source>
        <translation>请安装那个版本，或用 --home 指定其他文件夹启动。</translation>
    </message>
    <message>
        <source>The backup can&apos;t be read: {reason}.</source>
        <translation>无法读取备份：{reason}。</translation>
    </message>
    <message>
        <source>The database is damaged.</source>
        <translation>数据库已损坏。</translation>
    </message>
    <message>
        <source>Restore the last backup</source>
        <translation>恢复上一个备份</translation>
    </message>
    <message>
        <source>The last conversation could not be shown, so a new one is open. The last one is still in the list.</source>
        <translation>上次的对话无法显示，已打开一个新对话。上次的对话仍在列表中。</translation>
    </message>
    <message>
        <source>{n} saved items could not be read and are not shown. A backup may contain them: Settings, Data.</source>
        <translation>有 {n} 项已保存的内容无法读取，未予显示。备份中可能还有：请看“设置 › 数据”。</translation>
    </message>
    <message>
        <source>The service did not answer in time.</source>
        <translation>服务没有及时响应。</translation>
    </message>
    <message>
        <source>the service</source>
        <translation>服务</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>Untitled</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation>要替换这个文件吗？</translation>
    </message>
    <message>
        <source>“{name}” is already in this folder. Replacing it deletes what it contains.</source>
        <translation>此文件夹中已有“{name}”。替换会删除它原有的内容。</translation>
    </message>
    <message>
        <source>Keep the file</source>
        <translation>保留原文件</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
</context>
<context>
    <name>Find</name>
    <message>
        <source>Find in conversation</source>
        <translation>在对话中查找</translation>
    </message>
    <message>
        <source>Find here</source>
        <translation>在此查找</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>第 {number} 个，共 {total} 个</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一处匹配</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一处匹配</translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>answered by {model}</source>
        <translation>由 {model} 回答</translation>
    </message>
    <message>
        <source>first token {time}</source>
        <translation>首个 token {time}</translation>
    </message>
    <message>
        <source>{n} tok/s</source>
        <translation>{n} tok/s</translation>
    </message>
    <message>
        <source>tokens unknown</source>
        <translation>token 数未知</translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation>{n} 个 token</translation>
    </message>
    <message>
        <source>{prompt} prompt + {answer} answer</source>
        <translation>提示 {prompt} + 回答 {answer}</translation>
    </message>
    <message>
        <source>{n} cached</source>
        <translation>{n} 缓存</translation>
    </message>
    <message>
        <source>{n} reasoning</source>
        <translation>{n} 思考</translation>
    </message>
    <message>
        <source>with thinking</source>
        <translation>开启思考</translation>
    </message>
    <message>
        <source>without thinking</source>
        <translation>关闭思考</translation>
    </message>
    <message>
        <source>prompt “{prompt}”</source>
        <translation>提示词“{prompt}”</translation>
    </message>
    <message>
        <source>no system prompt</source>
        <translation>无系统提示词</translation>
    </message>
    <message>
        <source>temperature {n}</source>
        <translation>温度 {n}</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>{method} {url} · sent {sent}, received {received}</source>
        <translation>{method} {url} · 发送 {sent}，接收 {received}</translation>
    </message>
    <message>
        <source>Copied. The demo service only answers this program, so the code won&apos;t run as it is. Put the address of your own service into it, and set YOUR_API_KEY to its key.</source>
        <translation>已复制。示例服务只响应本程序，这段代码无法直接运行。请把其中的地址换成您自己的服务，并将 YOUR_API_KEY 设为它的密钥。</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>This call is no longer saved. Only the most recent calls are.</source>
        <translation>这次调用已不再保存，这里只保存最近的调用。</translation>
    </message>
    <message>
        <source>The request was too long to be saved completely.</source>
        <translation>请求太长，未能完整保存。</translation>
    </message>
    <message>
        <source>Copied. The code reads the API key from MIMO_API_KEY.</source>
        <translation>已复制。代码会从 MIMO_API_KEY 读取 API 密钥。</translation>
    </message>
    <message>
        <source>Every call to the service is listed here, exactly as it was sent and received.</source>
        <translation>对服务的每次调用都会原样列在这里，包括发送和接收的内容。</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>调用</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>响应</translation>
    </message>
    <message>
        <source>Python library</source>
        <translation>Python 库</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>复制为 curl</translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation>复制为 Python</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>再次发送</translation>
    </message>
    <message>
        <source>Only chat calls can be sent again.</source>
        <translation>只有聊天调用可以再次发送。</translation>
    </message>
    <message>
        <source>Its attached files are not saved with the call.</source>
        <translation>调用记录中没有保存它的附件。</translation>
    </message>
    <message>
        <source>Sends this request as it is shown. The answer becomes another version.</source>
        <translation>按此处显示的内容原样发送该请求，回答会成为另一个版本。</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Model list</source>
        <translation>模型列表</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>Jobs</name>
    <message>
        <source>{n} requests</source>
        <translation>{n} 个请求</translation>
    </message>
    <message>
        <source>1 request</source>
        <translation>1 个请求</translation>
    </message>
    <message>
        <source>≈ {t}</source>
        <translation>≈ {t}</translation>
    </message>
    <message>
        <source>{n} of them now</source>
        <translation>现在可发 {n} 个</translation>
    </message>
    <message>
        <source>cost unknown</source>
        <translation>费用未知</translation>
    </message>
    <message>
        <source>free</source>
        <translation>免费</translation>
    </message>
    <message>
        <source>{n} running</source>
        <translation>{n} 个进行中</translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation>{n} 个等待中</translation>
    </message>
    <message>
        <source>{n} to decide</source>
        <translation>{n} 个待决定</translation>
    </message>
    <message>
        <source>up to {n} at once</source>
        <translation>最多同时 {n} 个</translation>
    </message>
    <message>
        <source>{n} of {limit} requests this minute</source>
        <translation>本分钟已用 {n}/{limit} 个请求</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>For you to decide</source>
        <translation>等您决定</translation>
    </message>
    <message>
        <source>Finished earlier</source>
        <translation>更早结束</translation>
    </message>
    <message>
        <source>Finished today</source>
        <translation>今天结束</translation>
    </message>
    <message>
        <source>{heading}, the newest</source>
        <translation>{heading}（仅最近的）</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>the program was closed</source>
        <translation>程序曾关闭</translation>
    </message>
    <message>
        <source>made for another service</source>
        <translation>属于另一个服务</translation>
    </message>
    <message>
        <source>paused by an error</source>
        <translation>因错误暂停</translation>
    </message>
    <message>
        <source>paused by you</source>
        <translation>您已暂停</translation>
    </message>
    <message>
        <source>{n} of {total} failed</source>
        <translation>{n}/{total} 失败</translation>
    </message>
    <message>
        <source>stopped after {n} of {total}</source>
        <translation>已停止，完成 {n}/{total}</translation>
    </message>
    <message>
        <source>{n} of {total}</source>
        <translation>{n}/{total}</translation>
    </message>
    <message>
        <source>sent, answer lost</source>
        <translation>已发送，回复丢失</translation>
    </message>
    <message>
        <source>{n} sent, answers lost</source>
        <translation>已发送 {n} 个，回复丢失</translation>
    </message>
    <message>
        <source>{n} of {total} done before the pause</source>
        <translation>暂停前已完成 {n}/{total}</translation>
    </message>
    <message>
        <source>{n} of {total} done</source>
        <translation>已完成 {n}/{total}</translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>≈ {t} left</source>
        <translation>约剩 {t}</translation>
    </message>
    <message>
        <source>{t} so far</source>
        <translation>已用 {t}</translation>
    </message>
    <message>
        <source>took {t}</source>
        <translation>用时 {t}</translation>
    </message>
    <message>
        <source>{spent} of {expected}</source>
        <translation>{spent}（预计 {expected}）</translation>
    </message>
    <message>
        <source>A job was interrupted when the program ended.</source>
        <translation>程序结束时有 1 个任务中断。</translation>
    </message>
    <message>
        <source>{n} jobs were interrupted when the program ended.</source>
        <translation>程序结束时有 {n} 个任务中断。</translation>
    </message>
    <message>
        <source>One job was cleared from the list.</source>
        <translation>已从列表中清除 1 个任务。</translation>
    </message>
    <message>
        <source>{n} jobs were cleared from the list.</source>
        <translation>已从列表中清除 {n} 个任务。</translation>
    </message>
    <message>
        <source>Show jobs</source>
        <translation>查看任务列表</translation>
    </message>
    <message>
        <source>Untitled job</source>
        <translation>未命名任务</translation>
    </message>
    <message>
        <source>{n} failed</source>
        <translation>{n} 个失败</translation>
    </message>
    <message>
        <source>{n} lost</source>
        <translation>{n} 个丢失</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Pause job</source>
        <translation>暂停任务</translation>
    </message>
    <message>
        <source>Resume job</source>
        <translation>继续任务</translation>
    </message>
    <message>
        <source>Stop job</source>
        <translation>停止任务</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>Let it go</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>重试失败的请求</translation>
    </message>
    <message>
        <source>Show job</source>
        <translation>查看任务</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Retry {n}</source>
        <translation>重试 {n} 个</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Close jobs</source>
        <translation>关闭任务列表</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear finished jobs</source>
        <translation>清除已结束的任务</translation>
    </message>
    <message>
        <source>Takes and other work for the service are listed here while they go on.</source>
        <translation>正在生成的语音和其他需要服务处理的工作会列在这里。</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>全部继续</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>全部暂停</translation>
    </message>
    <message>
        <source>The program was closed while the service worked.</source>
        <translation>服务处理时程序被关闭。</translation>
    </message>
    <message>
        <source>It may have been billed, so it is not sent again by itself.</source>
        <translation>它可能已经计费，因此不会自动重新发送。</translation>
    </message>
    <message>
        <source>They may have been billed, so they are not sent again by themselves.</source>
        <translation>它们可能已经计费，因此不会自动重新发送。</translation>
    </message>
    <message>
        <source>Call {n}: {what}</source>
        <translation>第 {n} 个请求：{what}</translation>
    </message>
    <message>
        <source>{n} more failed.</source>
        <translation>另有 {n} 个失败。</translation>
    </message>
    <message>
        <source>another service</source>
        <translation>另一个服务</translation>
    </message>
    <message>
        <source>It was begun with {begun} and goes on when you use that again.</source>
        <translation>任务是用 {begun} 开始的，切换回去后会继续。</translation>
    </message>
    <message>
        <source>It was begun with {begun}.</source>
        <translation>任务是用 {begun} 开始的。</translation>
    </message>
    <message>
        <source>Resume sends the rest to {active}.</source>
        <translation>点“继续”会把剩余请求发给 {active}。</translation>
    </message>
    <message>
        <source>“{title}” is paused.</source>
        <translation>“{title}”已暂停。</translation>
    </message>
    <message>
        <source>Jobs that were begun with another service are paused.</source>
        <translation>用另一个服务开始的任务已暂停。</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>Open this address?</source>
        <translation>打开这个地址？</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation>复制地址</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>在浏览器中打开</translation>
    </message>
</context>
<context>
    <name>Markdown</name>
    <message>
        <source>Image: {words}</source>
        <translation>图片：{words}</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Scroll table</source>
        <translation>滚动表格</translation>
    </message>
    <message>
        <source>Scroll table {n}</source>
        <translation>滚动表格 {n}</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>The most capable: reasoning, code and tools. Accepts images.</source>
        <translation>能力最强：擅长推理、代码和工具，支持图像。</translation>
    </message>
    <message>
        <source>Fast and inexpensive for everyday use. Accepts images.</source>
        <translation>快速实惠，适合日常使用，支持图像。</translation>
    </message>
    <message>
        <source>The most capable model at high speed, by contract only.</source>
        <translation>高速版最强模型，仅限签约。</translation>
    </message>
    <message>
        <source>The most capable of its generation. Text only.</source>
        <translation>同代最强，仅支持文本。</translation>
    </message>
    <message>
        <source>Accepts text, images, audio and video.</source>
        <translation>支持文本、图像、音频和视频。</translation>
    </message>
    <message>
        <source>An earlier generation, no longer offered by the platform.</source>
        <translation>较早一代，平台已不再提供。</translation>
    </message>
    <message>
        <source>Speaks and sings with built-in voices, and can stream.</source>
        <translation>用内置音色说话和唱歌，支持流式输出。</translation>
    </message>
    <message>
        <source>Creates a voice from a description.</source>
        <translation>根据描述生成音色。</translation>
    </message>
    <message>
        <source>Speaks with a voice cloned from a sample.</source>
        <translation>用从样本克隆的音色说话。</translation>
    </message>
    <message>
        <source>The earlier speech model, supported only for opening old projects.</source>
        <translation>较早的语音模型，仅用于打开旧项目。</translation>
    </message>
    <message>
        <source>Transcribes recordings in Chinese and English.</source>
        <translation>转写录音，支持中文和英文。</translation>
    </message>
    <message>
        <source>A speech model this version does not know yet.</source>
        <translation>此版本尚不认识的语音模型。</translation>
    </message>
    <message>
        <source>A recognition model this version does not know yet.</source>
        <translation>此版本尚不认识的识别模型。</translation>
    </message>
    <message>
        <source>A chat model this version does not know yet.</source>
        <translation>此版本尚不认识的对话模型。</translation>
    </message>
</context>
<context>
    <name>Network</name>
    <message>
        <source>The proxy password is stored unencrypted in the settings and in exports.</source>
        <translation>代理密码以未加密形式保存在设置及其导出文件中。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>How the workbench connects. Changes apply from the next request.</source>
        <translation>工作台如何连接网络。更改从下一次请求起生效。</translation>
    </message>
    <message>
        <source>A PEM file with your own certificate authorities, trusted in addition to the system&apos;s. Leave empty for none.</source>
        <translation>包含你自己的证书颁发机构的 PEM 文件，与系统证书一同受信任。不需要则留空。</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>Follow the system&apos;s proxy</source>
        <translation>跟随系统代理</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>证书文件</translation>
    </message>
    <message>
        <source>Choose file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Seconds to connect</source>
        <translation>连接时限（秒）</translation>
    </message>
    <message>
        <source>Seconds to the first byte</source>
        <translation>首字节时限（秒）</translation>
    </message>
    <message>
        <source>Seconds of silence</source>
        <translation>静默时限（秒）</translation>
    </message>
    <message>
        <source>Seconds for a take</source>
        <translation>单次语音时限（秒）</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>重试次数</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>证书 (*.pem *.crt *.cer);;所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>&lt; 1 ms</source>
        <translation>&lt; 1 毫秒</translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation>{n} 毫秒</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m} 分 {s} 秒</translation>
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
        <source>MMMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>What would you like to do?</source>
        <translation>你想做什么？</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令列表</translation>
    </message>
    <message>
        <source>No matching commands.</source>
        <translation>没有匹配的命令。</translation>
    </message>
</context>
<context>
    <name>Parameters</name>
    <message>
        <source>fixed while thinking</source>
        <translation>思考时固定</translation>
    </message>
    <message>
        <source>default, {n}</source>
        <translation>默认 {n}</translation>
    </message>
    <message>
        <source>Stop sequences ({n} of {most})</source>
        <translation>停止序列（{n}/{most}）</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>How MiMo should behave. {date} and {week} are filled in.</source>
        <translation>MiMo 应如何表现。{date} 和 {week} 会自动填入。</translation>
    </message>
    <message>
        <source>Prompt preset</source>
        <translation>提示词预设</translation>
    </message>
    <message>
        <source>MiMo, English</source>
        <translation>MiMo 英文</translation>
    </message>
    <message>
        <source>MiMo, Chinese</source>
        <translation>MiMo 中文</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Task preset</source>
        <translation>任务预设</translation>
    </message>
    <message>
        <source>The service accepts at most {most}; left out: {words}</source>
        <translation>服务最多接受 {most} 个，已略去：{words}</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation>最大 token 数</translation>
    </message>
    <message>
        <source>Model default</source>
        <translation>模型默认</translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation>频率惩罚</translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation>存在惩罚</translation>
    </message>
    <message>
        <source>Stop sequences</source>
        <translation>停止序列</translation>
    </message>
    <message>
        <source>One per line, \n for a line break</source>
        <translation>每行一个，换行写作 \n</translation>
    </message>
    <message>
        <source>JSON mode works only if the system prompt or a message asks for JSON. Add the word JSON there.</source>
        <translation>只有系统提示词或消息中要求输出 JSON 时，JSON 模式才有效。请在其中加入“JSON”一词。</translation>
    </message>
    <message>
        <source>JSON mode</source>
        <translation>JSON 模式</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流式</translation>
    </message>
    <message>
        <source>Send earlier thinking</source>
        <translation>发送先前的思考</translation>
    </message>
    <message>
        <source>Ask before each tool</source>
        <translation>每次用工具前询问</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Coding</source>
        <translation>编程</translation>
    </message>
    <message>
        <source>Tool use</source>
        <translation>工具调用</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>联网</translation>
    </message>
    <message>
        <source>Mathematics</source>
        <translation>数学</translation>
    </message>
    <message>
        <source>Save prompt</source>
        <translation>保存提示词</translation>
    </message>
    <message>
        <source>Remove prompt</source>
        <translation>删除提示词</translation>
    </message>
    <message>
        <source>Prompt name</source>
        <translation>提示词名称</translation>
    </message>
    <message>
        <source>Name of the prompt, then Enter</source>
        <translation>输入提示词名称，按回车保存</translation>
    </message>
    <message>
        <source>Saved prompts</source>
        <translation>已保存的提示词</translation>
    </message>
</context>
<context>
    <name>Prices</name>
    <message>
        <source>Prices</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>$</source>
        <translation>$</translation>
    </message>
    <message>
        <source>¥</source>
        <translation>¥</translation>
    </message>
    <message>
        <source>Prices in dollars</source>
        <translation>以美元计价</translation>
    </message>
    <message>
        <source>Prices in yuan</source>
        <translation>以人民币计价</translation>
    </message>
    <message>
        <source>Priced model</source>
        <translation>计价模型</translation>
    </message>
    <message>
        <source>Price of input</source>
        <translation>输入价格</translation>
    </message>
    <message>
        <source>Price of cached input</source>
        <translation>缓存输入价格</translation>
    </message>
    <message>
        <source>Price of output</source>
        <translation>输出价格</translation>
    </message>
    <message>
        <source>Use my prices</source>
        <translation>使用我的价格</translation>
    </message>
    <message>
        <source>Use the list prices</source>
        <translation>使用标价</translation>
    </message>
    <message>
        <source>The demo service costs nothing.</source>
        <translation>示例服务不收费。</translation>
    </message>
    <message>
        <source>The prices of {model} were changed.</source>
        <translation>{model} 的价格已更改。</translation>
    </message>
    <message>
        <source>{model} is free for now.</source>
        <translation>{model} 目前免费。</translation>
    </message>
    <message>
        <source>{model}: {hour} per hour of audio (estimate).</source>
        <translation>{model}：每小时音频 {hour}（估算）。</translation>
    </message>
    <message>
        <source>{model}, per million tokens: {miss} input, {hit} cached input, {output} output (your prices).</source>
        <translation>{model}，每百万 token：输入 {miss}，缓存输入 {hit}，输出 {output}（按您的价格）。</translation>
    </message>
    <message>
        <source>{model}, per million tokens: {miss} input, {hit} cached input, {output} output (estimate from list prices).</source>
        <translation>{model}，每百万 token：输入 {miss}，缓存输入 {hit}，输出 {output}（按标价估算）。</translation>
    </message>
    <message>
        <source>The price of {model} on this service is unknown. Enter your own prices to include it.</source>
        <translation>{model} 在此服务中的价格未知。请填写您的价格以计入费用。</translation>
    </message>
    <message>
        <source>The credit rate of {model} is unknown.</source>
        <translation>{model} 的 Credits 消耗标准未知。</translation>
    </message>
    <message>
        <source>{model}: {hour} credits per hour of audio.</source>
        <translation>{model}：每小时音频消耗 {hour} Credits。</translation>
    </message>
    <message>
        <source>{model} uses no credits for now.</source>
        <translation>{model} 目前不消耗 Credits。</translation>
    </message>
    <message>
        <source>{model}, credits per token: {miss} input, {hit} cached input, {output} output; 20 % less from 0:00 to 8:00 Beijing time.</source>
        <translation>{model}，每个 token 的 Credits：输入 {miss}，缓存输入 {hit}，输出 {output}；北京时间 0:00 至 8:00 减少 20 %。</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>working</source>
        <translation>工作中</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Studio</source>
        <translation>工作室</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>音色</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>Services</name>
    <message>
        <source>The demo service does not need a key.</source>
        <translation>示例服务不需要密钥。</translation>
    </message>
    <message>
        <source>What was pasted around it was left out.</source>
        <translation>已去掉粘贴时密钥前后的多余内容。</translation>
    </message>
    <message>
        <source>The key was removed.</source>
        <translation>密钥已移除。</translation>
    </message>
    <message>
        <source>“{name}” was changed.</source>
        <translation>“{name}”已更改。</translation>
    </message>
    <message>
        <source>“{name}” was changed. Its key is now sent to {host}.</source>
        <translation>“{name}”已更改。其密钥现在会发送到 {host}。</translation>
    </message>
    <message>
        <source>{service} is used from the next request.</source>
        <translation>从下一次请求起使用 {service}。</translation>
    </message>
    <message>
        <source>This key is not saved yet. Save it, then test the connection.</source>
        <translation>此密钥尚未保存。请先保存，再测试连接。</translation>
    </message>
    <message>
        <source>“{name}” was added.</source>
        <translation>已添加“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” was removed.</source>
        <translation>“{name}”已移除。</translation>
    </message>
    <message>
        <source>Service {veil} {n}</source>
        <translation>服务 {veil} {n}</translation>
    </message>
    <message>
        <source>Type or paste the key first.</source>
        <translation>请先输入或粘贴密钥。</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>not tested yet</source>
        <translation>尚未测试</translation>
    </message>
    <message>
        <source>accepted in {time}</source>
        <translation>已接受，用时 {time}</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Open this page</source>
        <translation>打开此页面</translation>
    </message>
    <message>
        <source>Stop test</source>
        <translation>停止测试</translation>
    </message>
    <message>
        <source>Switch to {cluster} and test</source>
        <translation>切换到{cluster}并测试</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Service profiles</source>
        <translation>服务配置</translation>
    </message>
    <message>
        <source>Test results</source>
        <translation>测试结果</translation>
    </message>
    <message>
        <source>Get a key</source>
        <translation>获取密钥</translation>
    </message>
    <message>
        <source>Service name</source>
        <translation>服务名称</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>基础地址</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Authentication</source>
        <translation>认证方式</translation>
    </message>
    <message>
        <source>Service type</source>
        <translation>服务类型</translation>
    </message>
    <message>
        <source>Further models</source>
        <translation>其他模型</translation>
    </message>
    <message>
        <source>This service can be changed but not removed.</source>
        <translation>此服务可以更改，但不能移除。</translation>
    </message>
    <message>
        <source>This service was set on the command line or in the environment and is not saved. Duplicate it to keep it.</source>
        <translation>此服务由命令行或环境变量指定，不会保存。如需保留，请复制一份。</translation>
    </message>
    <message>
        <source>That name is reserved for the demo service. Choose another.</source>
        <translation>该名称专供示例服务使用。请换一个名称。</translation>
    </message>
    <message>
        <source>The name is hidden while presenting. Type a complete new name to change it.</source>
        <translation>演示时名称已隐藏。如需更改，请输入完整的新名称。</translation>
    </message>
    <message>
        <source>A service needs a name. Enter one.</source>
        <translation>服务需要一个名称。请输入。</translation>
    </message>
    <message>
        <source>The protocol was switched to Anthropic, which this endpoint belongs to.</source>
        <translation>协议已切换为该端点所属的 Anthropic。</translation>
    </message>
    <message>
        <source>Which services answer chat and speech requests, and with which keys.</source>
        <translation>由哪些服务处理对话和语音请求，使用哪些密钥。</translation>
    </message>
    <message>
        <source>Model IDs, if the service lists none</source>
        <translation>模型 ID（当服务未提供列表时）</translation>
    </message>
    <message>
        <source>Requests per minute</source>
        <translation>每分钟请求数</translation>
    </message>
    <message>
        <source>0 for no limit</source>
        <translation>0 表示不限</translation>
    </message>
    <message>
        <source>api-key header</source>
        <translation>api-key 请求头</translation>
    </message>
    <message>
        <source>Authorization: Bearer</source>
        <translation>Authorization: Bearer</translation>
    </message>
    <message>
        <source>x-api-key header</source>
        <translation>x-api-key 请求头</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>不用密钥</translation>
    </message>
    <message>
        <source>Under the platform&apos;s terms, a Token Plan key is for coding tools only. Scripts and other uses that are clearly not coding are prohibited and may get the key banned.</source>
        <translation>按平台条款，Token Plan 密钥只能用于编程工具。禁止用于脚本及其他明显与编程无关的用途，否则密钥可能被封禁。</translation>
    </message>
    <message>
        <source>The endpoint at the end of the address was left out.</source>
        <translation>已去掉地址末尾的接口路径。</translation>
    </message>
    <message>
        <source>{scheme}:// was put in front of the address.</source>
        <translation>已在地址前补上 {scheme}://。</translation>
    </message>
    <message>
        <source>/v1 was added to the address.</source>
        <translation>已在地址后补上 /v1。</translation>
    </message>
    <message>
        <source>The protocol was switched to OpenAI, which this endpoint belongs to.</source>
        <translation>协议已切换为 OpenAI，与该端点一致。</translation>
    </message>
    <message>
        <source>Keep it in a file only I can read</source>
        <translation>存入只有我能读取的文件</translation>
    </message>
    <message>
        <source>Send the key there unencrypted</source>
        <translation>以未加密方式发送密钥</translation>
    </message>
    <message>
        <source>I have read this and accept it</source>
        <translation>我已阅读并接受</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>Self-hosted</source>
        <translation>自托管</translation>
    </message>
    <message>
        <source>Add service</source>
        <translation>添加服务</translation>
    </message>
    <message>
        <source>Duplicate service</source>
        <translation>复制服务</translation>
    </message>
    <message>
        <source>Remove service</source>
        <translation>移除服务</translation>
    </message>
    <message>
        <source>A key has no spaces and only plain letters, digits and symbols.</source>
        <translation>密钥不含空格，只有普通字母、数字和符号。</translation>
    </message>
    <message>
        <source>This is a pay-as-you-go key (sk-), but {host} accepts only tp- and ttp- keys.</source>
        <translation>这是按量付费密钥（sk-），而 {host} 只接受 tp- 和 ttp- 密钥。</translation>
    </message>
    <message>
        <source>This is a Token Plan key (tp-), but {host} accepts only sk- keys.</source>
        <translation>这是 Token Plan 密钥（tp-），而 {host} 只接受 sk- 密钥。</translation>
    </message>
    <message>
        <source>Use it with {service}</source>
        <translation>用于{service}</translation>
    </message>
    <message>
        <source>Save key</source>
        <translation>保存密钥</translation>
    </message>
    <message>
        <source>Remove key</source>
        <translation>移除密钥</translation>
    </message>
    <message>
        <source>Use this service</source>
        <translation>使用此服务</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Demo service</source>
        <translation>示例服务</translation>
    </message>
    <message>
        <source>Pay-as-you-go</source>
        <translation>按量付费</translation>
    </message>
    <message>
        <source>Token Plan, China</source>
        <translation>Token Plan 中国</translation>
    </message>
    <message>
        <source>Token Plan, Singapore</source>
        <translation>Token Plan 新加坡</translation>
    </message>
    <message>
        <source>Token Plan, Amsterdam</source>
        <translation>Token Plan 阿姆斯特丹</translation>
    </message>
    <message>
        <source>runs on this computer</source>
        <translation>在这台电脑上运行</translation>
    </message>
    <message>
        <source>The key is in this computer&apos;s keychain.</source>
        <translation>密钥在此电脑的钥匙串中。</translation>
    </message>
    <message>
        <source>The key comes from MIMO_API_KEY and is not saved.</source>
        <translation>密钥来自 MIMO_API_KEY，不会保存。</translation>
    </message>
    <message>
        <source>No keychain is available: the key is kept only until the program closes.</source>
        <translation>没有可用的钥匙串：密钥只保留到程序关闭为止。</translation>
    </message>
    <message>
        <source>The key is in an unencrypted file that only you can read.</source>
        <translation>密钥存放在只有您能读取的未加密文件中。</translation>
    </message>
    <message>
        <source>This service needs no key.</source>
        <translation>此服务不需要密钥。</translation>
    </message>
    <message>
        <source>Create a key at {address}</source>
        <translation>请在此创建密钥：{address}</translation>
    </message>
    <message>
        <source>No keychain is available: a key is kept only until the program closes, unless you choose to keep it in a file.</source>
        <translation>没有可用的钥匙串：除非选择存入文件，密钥只保留到程序关闭为止。</translation>
    </message>
    <message>
        <source>partly works</source>
        <translation>部分正常</translation>
    </message>
    <message>
        <source>no key is sent to this service</source>
        <translation>不向此服务发送密钥</translation>
    </message>
    <message>
        <source>not checked: no answer came from a MiMo service. Check the base URL and the network.</source>
        <translation>未能验证：没有收到 MiMo 服务的回应。请检查基础地址和网络。</translation>
    </message>
    <message>
        <source>first text after {time}</source>
        <translation>{time} 后收到首段文字</translation>
    </message>
    <message>
        <source>first audio after {time}, streamed</source>
        <translation>{time} 后开始出声，流式返回</translation>
    </message>
    <message>
        <source>audio after {time}, in one piece</source>
        <translation>{time}后出声，一次性返回</translation>
    </message>
    <message>
        <source>No key is saved.</source>
        <translation>没有保存密钥。</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Streaming</source>
        <translation>流式输出</translation>
    </message>
    <message>
        <source>Web search</source>
        <translation>联网搜索</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>works</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>fails</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>未测试</translation>
    </message>
    <message>
        <source>{n} found: {chat} chat, {speech} speech, {recognition} recognition</source>
        <translation>共 {n} 个：对话 {chat}，语音 {speech}，识别 {recognition}</translation>
    </message>
    <message>
        <source>{model} answered in {time}</source>
        <translation>{model} 用时 {time} 应答</translation>
    </message>
    <message>
        <source>not offered by this kind of service</source>
        <translation>此类服务不提供</translation>
    </message>
    <message>
        <source>Service in use</source>
        <translation>使用中的服务</translation>
    </message>
    <message>
        <source>Token Plan terms</source>
        <translation>Token Plan 条款</translation>
    </message>
    <message>
        <source>Models of a service</source>
        <translation>服务的模型</translation>
    </message>
    <message>
        <source>Token limit field</source>
        <translation>令牌上限字段</translation>
    </message>
    <message>
        <source>Unsupported parameters</source>
        <translation>不支持的参数</translation>
    </message>
    <message>
        <source>Extra request fields (JSON)</source>
        <translation>额外请求字段（JSON）</translation>
    </message>
    <message>
        <source>Parameters that this service refuses; they are never sent.</source>
        <translation>此服务不接受的参数，不会发送。</translation>
    </message>
    <message>
        <source>Most services ignore a field they do not know without a word, so check its spelling.</source>
        <translation>多数服务遇到不认识的字段会直接忽略且不提示，请检查拼写。</translation>
    </message>
    <message>
        <source>This is not valid JSON. Enter an object such as {example}.</source>
        <translation>JSON 格式有误。请输入对象，例如 {example}。</translation>
    </message>
    <message>
        <source>A JSON object is needed, in braces. Enter one such as {example}.</source>
        <translation>需要用花括号括起的 JSON 对象，例如 {example}。</translation>
    </message>
    <message>
        <source>The workbench sets {names} itself. Remove it from these fields.</source>
        <translation>{names} 由工作台自行设置，请从这些字段中删除。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>At the bottom of every page</source>
        <translation>每页底部</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings pages</source>
        <translation>设置页面</translation>
    </message>
    <message>
        <source>Found settings</source>
        <translation>找到的设置</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>No matching settings.</source>
        <translation>没有匹配的设置。</translation>
    </message>
    <message>
        <source>Presentation mode</source>
        <translation>演示模式</translation>
    </message>
    <message>
        <source>{name} can&apos;t be “{typed}”. Choose one of: {offered}.</source>
        <translation>{name}不能是“{typed}”。请选择：{offered}。</translation>
    </message>
</context>
<context>
    <name>Spend</name>
    <message>
        <source>Model {veil} {n}</source>
        <translation>模型 {veil} {n}</translation>
    </message>
    <message>
        <source>Nothing was used this month.</source>
        <translation>本月没有用量。</translation>
    </message>
    <message>
        <source>No quota</source>
        <translation>不设额度</translation>
    </message>
    <message>
        <source>Own quota</source>
        <translation>自定义额度</translation>
    </message>
    <message>
        <source>Spend</source>
        <translation>花费</translation>
    </message>
    <message>
        <source>Estimates that count only this workbench&apos;s requests. The platform does not report an account&apos;s usage.</source>
        <translation>估算值，只统计本工作台的请求。平台不提供账户用量。</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>本次运行</translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished">今天</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>Spend by day</source>
        <translation>每日花费</translation>
    </message>
    <message>
        <source>Spend by model</source>
        <translation>各模型花费</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>套餐</translation>
    </message>
    <message>
        <source>Quota in million credits</source>
        <translation>额度（百万 Credits）</translation>
    </message>
    <message>
        <source>Day of renewal</source>
        <translation>续期日</translation>
    </message>
    <message>
        <source>Quota used</source>
        <translation>已用额度</translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation type="unfinished">{n} 个 token</translation>
    </message>
    <message>
        <source>{n} credits</source>
        <translation>{n} Credits</translation>
    </message>
    <message>
        <source>this run {run}, today {today}, this month {month} ({tokens})</source>
        <translation>本次 {run}，今天 {today}，本月 {month}（{tokens}）</translation>
    </message>
    <message>
        <source>{n} calls</source>
        <translation>{n} 次调用</translation>
    </message>
    <message>
        <source>{n} calls this month are not included because their price is unknown.</source>
        <translation>本月有 {n} 次调用因价格未知而未计入。</translation>
    </message>
    <message>
        <source>Daily spend this month. Highest on {day}: {amount}.</source>
        <translation>本月每日花费。{day}最高：{amount}。</translation>
    </message>
    <message>
        <source>{used} credits used since {day}, counting this workbench only. Enter your plan&apos;s quota.</source>
        <translation>自{day}起用了 {used} Credits，只统计本工作台。请填写套餐额度。</translation>
    </message>
    <message>
        <source>{share} % used: {used} of {quota} credits since {day}, counting this workbench only.</source>
        <translation>已用 {share} %：自{day}起用了 {quota} Credits 中的 {used}，只统计本工作台。</translation>
    </message>
    <message>
        <source>The plan&apos;s {quota} credits are used up, by this workbench&apos;s count.</source>
        <translation>按本工作台统计，套餐的 {quota} Credits 已用完。</translation>
    </message>
    <message>
        <source>{share} % of the plan&apos;s {quota} credits are used, by this workbench&apos;s count.</source>
        <translation>按本工作台统计，套餐的 {quota} Credits 已用 {share} %。</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>{day}: {amount}</source>
        <translation>{day}：{amount}</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>MiMo Workbench is already open. Its window was brought to the front.</source>
        <translation>MiMo Workbench 已经打开，其窗口已切换到最前面。</translation>
    </message>
    <message>
        <source>Could not remove {path}</source>
        <translation>无法删除 {path}</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Finished</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Token limit reached</source>
        <translation>达到 token 上限</translation>
    </message>
    <message>
        <source>Called tools</source>
        <translation>调用了工具</translation>
    </message>
    <message>
        <source>Refused by the content filter</source>
        <translation>被内容过滤拒绝</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Cut off for repeating itself</source>
        <translation>因重复被截断</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Ended, no reason given</source>
        <translation>未说明原因即结束</translation>
    </message>
    <message>
        <source>All tokens of the limit were spent on thinking, so there is no answer. Raise Max tokens, or turn Thinking off.</source>
        <translation>限额内的 token 全部用于思考，因此没有回答。请提高“最大 token 数”，或关闭“思考”。</translation>
    </message>
    <message>
        <source>The answer reached the token limit. Raise Max tokens, or ask MiMo to continue.</source>
        <translation>回答达到 token 上限。请提高最大 token 数，或让 MiMo 继续。</translation>
    </message>
    <message>
        <source>The platform&apos;s content filter stopped this answer. Rephrase without sensitive content.</source>
        <translation>平台的内容过滤中止了此回答。请改写，避免敏感内容。</translation>
    </message>
    <message>
        <source>The platform cut off the answer because it repeated itself. Regenerate it, or change the prompt.</source>
        <translation>回答因内容重复被平台截断。请重新生成或修改提示词。</translation>
    </message>
    <message>
        <source>receiving</source>
        <translation>接收中</translation>
    </message>
    <message>
        <source>waiting for approval</source>
        <translation>等待批准</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已作答</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Presentation</source>
        <translation>演示中</translation>
    </message>
    <message>
        <source>Service {value}</source>
        <translation>服务 {value}</translation>
    </message>
    <message>
        <source>Latency {value}</source>
        <translation>延迟 {value}</translation>
    </message>
    <message>
        <source>Tokens {value}</source>
        <translation>Token {value}</translation>
    </message>
    <message>
        <source>Cost {value}</source>
        <translation>费用 {value}</translation>
    </message>
    <message>
        <source>Requests {value}</source>
        <translation>请求 {value}</translation>
    </message>
    <message>
        <source>Output {value}</source>
        <translation>输出 {value}</translation>
    </message>
    <message>
        <source>{n} / {limit} per min</source>
        <translation>{n} / {limit} 每分钟</translation>
    </message>
    <message>
        <source>{n} per min</source>
        <translation>{n} 每分钟</translation>
    </message>
    <message>
        <source>Demo service</source>
        <translation>示例服务</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>循环</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Nothing was sent: this model may read &lt;style&gt; aloud. Write it as a tag in brackets.</source>
        <translation>尚未发送：此模型可能会把 &lt;style&gt; 读出来。请改写为括号标签。</translation>
    </message>
    <message>
        <source>Write it as a tag and speak</source>
        <translation>改写为标签并朗读</translation>
    </message>
    <message>
        <source>A take could not be finished.</source>
        <translation>有一条录音未能完成。</translation>
    </message>
    <message>
        <source>A take of “{title}” could not be finished.</source>
        <translation>“{title}”的一条录音未能完成。</translation>
    </message>
    <message>
        <source>This take has no sound.</source>
        <translation>这条录音没有声音。</translation>
    </message>
    <message>
        <source>Save what the service sent, as it is.</source>
        <translation>原样保存服务返回的内容。</translation>
    </message>
    <message>
        <source>The take was deleted.</source>
        <translation>录音已删除。</translation>
    </message>
    <message>
        <source>Designed voice</source>
        <translation>设计的音色</translation>
    </message>
    <message>
        <source>“{name}” is in the library.</source>
        <translation>“{name}”已在音色库中。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message>
        <source>Saved as {name}. Its settings are in {name}.json.</source>
        <translation>已保存为 {name}。其生成设置在 {name}.json 中。</translation>
    </message>
    <message>
        <source>The take&apos;s voice “{name}” is no longer in the library. Choose another voice.</source>
        <translation>这条录音的音色“{name}”已不在音色库中。请选择其他音色。</translation>
    </message>
    <message>
        <source>The service offers no speech model “{name}” for this voice.</source>
        <translation>服务没有为这个音色提供语音模型“{name}”。</translation>
    </message>
    <message>
        <source>The service does not support the format “{name}”.</source>
        <translation>服务不支持“{name}”格式。</translation>
    </message>
    <message>
        <source>Choose one of: {names}. Takes can also be exported as FLAC, MP3 or OGG.</source>
        <translation>请选择：{names}。录音也可以导出为 FLAC、MP3 或 OGG。</translation>
    </message>
    <message>
        <source>Choose one of: {names}.</source>
        <translation>请从中选择：{names}。</translation>
    </message>
    <message>
        <source>Transcribe file</source>
        <translation>转写文件</translation>
    </message>
    <message>
        <source>Speech recognition does not support “{name}”.</source>
        <translation>语音识别不支持“{name}”。</translation>
    </message>
    <message>
        <source>Transcribing: {done} of {length}</source>
        <translation>正在转写：{done} / {length}</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>无标题</translation>
    </message>
    <message>
        <source>“{title}” was deleted.</source>
        <translation>已删除“{title}”。</translation>
    </message>
    <message>
        <source>{n} / {most} characters</source>
        <translation>{n} / {most} 字</translation>
    </message>
    <message>
        <source>The tags you use appear here.</source>
        <translation>用过的标签会出现在这里。</translation>
    </message>
    <message>
        <source>No tag matches “{words}”. You can still try any text in brackets.</source>
        <translation>没有匹配“{words}”的标签。你仍可以在括号中尝试任何文字。</translation>
    </message>
    <message>
        <source>Text to speak</source>
        <translation>朗读文本</translation>
    </message>
    <message>
        <source>Write a line for a voice to speak.</source>
        <translation>写一句让音色朗读的话。</translation>
    </message>
    <message>
        <source>Sing</source>
        <translation>唱歌</translation>
    </message>
    <message>
        <source>Search tags</source>
        <translation>搜索标签</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Lint</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>朗读</translation>
    </message>
    <message>
        <source>Stop transcribing</source>
        <translation>停止转写</translation>
    </message>
    <message>
        <source>Stop sample</source>
        <translation>停止试听</translation>
    </message>
    <message>
        <source>Hear voice</source>
        <translation>试听音色</translation>
    </message>
    <message>
        <source>Space in the list of voices does the same. Escape stops.</source>
        <translation>在音色列表中按空格键亦可试听，按 Esc 停止。</translation>
    </message>
    <message>
        <source>Speech model</source>
        <translation>语音模型</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Play while generating</source>
        <translation>边生成边播放</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>流式</translation>
    </message>
    <message>
        <source>Takes at once</source>
        <translation>一次生成条数</translation>
    </message>
    <message>
        <source>How many takes a press of Speak makes</source>
        <translation>每按一次“朗读”生成几条</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>音色</translation>
    </message>
    <message>
        <source>Voice list</source>
        <translation>音色列表</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>指导</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>自由</translation>
    </message>
    <message>
        <source>Role · Scene · Guidance</source>
        <translation>角色 · 场景 · 要点</translation>
    </message>
    <message>
        <source>Style direction</source>
        <translation>风格指导</translation>
    </message>
    <message>
        <source>Describe how the line should sound. This description itself is not spoken.</source>
        <translation>描述这句话该怎么说。描述本身不会被读出来。</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Scene</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>指导要点</translation>
    </message>
    <message>
        <source>Parameters and recognition</source>
        <translation>参数与识别</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation>最大 token 数</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Search sessions</source>
        <translation>搜索会话</translation>
    </message>
    <message>
        <source>Session title</source>
        <translation>会话标题</translation>
    </message>
    <message>
        <source>Rename session</source>
        <translation>重命名会话</translation>
    </message>
    <message>
        <source>Delete session</source>
        <translation>删除会话</translation>
    </message>
    <message>
        <source>New session</source>
        <translation>新建会话</translation>
    </message>
    <message>
        <source>Recognition language</source>
        <translation>识别语言</translation>
    </message>
    <message>
        <source>Any language</source>
        <translation>任意语言</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>文字记录</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>已加星标</translation>
    </message>
    <message>
        <source>Show only takes with a star</source>
        <translation>只显示加星标的条目</translation>
    </message>
    <message>
        <source>Equal loudness</source>
        <translation>等响度</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Reuse settings</source>
        <translation>复用设置</translation>
    </message>
    <message>
        <source>Keep as voice</source>
        <translation>保存为音色</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>加星</translation>
    </message>
    <message>
        <source>Delete take</source>
        <translation>删除录音</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Each take you generate appears here, ready to play and compare.</source>
        <translation>每次生成的录音都会出现在这里，可以试听和比较。</translation>
    </message>
    <message>
        <source>Try an example</source>
        <translation>试试示例</translation>
    </message>
    <message>
        <source>{n} · {words}</source>
        <translation>{n} · {words}</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>朗读中</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>It ended early.</source>
        <translation>未念完就结束了。</translation>
    </message>
    <message>
        <source>It reached the token limit. Raise Max tokens.</source>
        <translation>已达到 token 上限。请调高“最大 token 数”。</translation>
    </message>
    <message>
        <source>The service&apos;s content filter stopped it.</source>
        <translation>被服务的内容过滤器中止。</translation>
    </message>
    <message>
        <source>In parts: {plan}</source>
        <translation>分段朗读：{plan}</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>被截断</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Take {n} · {voice}</source>
        <translation>录音 {n} · {voice}</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>已加星标</translation>
    </message>
    <message>
        <source>{voice}, take {n}</source>
        <translation>{voice}，录音 {n}</translation>
    </message>
    <message>
        <source>{n} LUFS</source>
        <translation>{n} LUFS</translation>
    </message>
    <message>
        <source>Stopped before any audio arrived.</source>
        <translation>在收到音频之前已停止。</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>cut off: token limit</source>
        <translation>已截断：达到 token 上限</translation>
    </message>
    <message>
        <source>cut off: content filter</source>
        <translation>已截断：内容过滤</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>被中断</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>无声</translation>
    </message>
    <message>
        <source>The service sent no audio. Speak it again, or change the text.</source>
        <translation>服务没有返回音频。请重新朗读，或修改文本。</translation>
    </message>
    <message>
        <source>The service sent audio that can&apos;t be read. Choose another format and speak it again.</source>
        <translation>服务返回的音频无法读取。请选择其他格式后重新朗读。</translation>
    </message>
    <message>
        <source>The program ended before any audio arrived.</source>
        <translation>程序在声音到达之前结束了。</translation>
    </message>
    <message>
        <source>The take reached the token limit. Raise Max tokens, or speak the text in parts.</source>
        <translation>这条语音达到了 token 上限。请调高“最大 token 数”，或分段朗读文本。</translation>
    </message>
    <message>
        <source>The service&apos;s content filter stopped this take. Rephrase the text without sensitive content.</source>
        <translation>服务的内容过滤中止了这条语音。请改写文本，去掉敏感内容。</translation>
    </message>
    <message>
        <source>{t} to first audio</source>
        <translation>{t}后出声</translation>
    </message>
    <message>
        <source>{n} dB</source>
        <translation>{n} dB</translation>
    </message>
    <message>
        <source>Emotion</source>
        <translation>情绪</translation>
    </message>
    <message>
        <source>Tone</source>
        <translation>语气</translation>
    </message>
    <message>
        <source>Timbre</source>
        <translation>音质</translation>
    </message>
    <message>
        <source>Persona</source>
        <translation>人设</translation>
    </message>
    <message>
        <source>Dialect</source>
        <translation>方言</translation>
    </message>
    <message>
        <source>Role-play</source>
        <translation>角色扮演</translation>
    </message>
    <message>
        <source>Pacing</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>This model may read tags aloud. Describe the voice instead.</source>
        <translation>此模型可能会读出标签：请改为描述音色。</translation>
    </message>
    <message>
        <source>The singing tag must come first in the text.</source>
        <translation>唱歌标签必须在文本开头。</translation>
    </message>
    <message>
        <source>Only built-in voices can sing.</source>
        <translation>只有内置音色会唱歌。</translation>
    </message>
    <message>
        <source>The &lt;style&gt; form is for the earlier model only.</source>
        <translation>&lt;style&gt; 写法仅适用于旧模型。</translation>
    </message>
    <message>
        <source>Two audio tags in one sentence can conflict.</source>
        <translation>一句话里有两个音频标签可能互相冲突。</translation>
    </message>
    <message>
        <source>Put all styles at the start of the text in one pair of brackets.</source>
        <translation>请把文本开头的所有风格写在同一对括号里。</translation>
    </message>
    <message>
        <source>“{words}” has no closing bracket and would be read aloud.</source>
        <translation>“{words}”缺少右括号，会被读出来。</translation>
    </message>
    <message>
        <source>“{words}” is not in the tag lists. It may still work: listen to the result.</source>
        <translation>“{words}”不在标签列表中，但可能有效，请试听。</translation>
    </message>
    <message>
        <source>Combine them</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Add the bracket</source>
        <translation>补上括号</translation>
    </message>
    <message>
        <source>Speak in parts</source>
        <translation>分段朗读</translation>
    </message>
    <message>
        <source>Breath</source>
        <translation>气息</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>Laugh / cry</source>
        <translation>笑 / 哭</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>“{words}” makes no sound.</source>
        <translation>“{words}”不会发出声音。</translation>
    </message>
    <message>
        <source>“{words}” is not in the language of the text.</source>
        <translation>“{words}”与文本语言不同。</translation>
    </message>
    <message>
        <source>The service may cut off text over {most} characters.</source>
        <translation>超过 {most} 个字符的文本可能会被服务截断。</translation>
    </message>
    <message>
        <source>Remove the tags</source>
        <translation>移除标签</translation>
    </message>
    <message>
        <source>Move it to the front</source>
        <translation>移到最前</translation>
    </message>
    <message>
        <source>Write it as a tag</source>
        <translation>写成标签</translation>
    </message>
    <message>
        <source>Keep the first</source>
        <translation>保留第一个</translation>
    </message>
    <message>
        <source>Translate it</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>No matching sessions.</source>
        <translation>没有匹配的会话。</translation>
    </message>
    <message>
        <source>Fix {n}: {label}</source>
        <translation>修正第 {n} 项：{label}</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>分段</translation>
    </message>
    <message>
        <source>Speak part again</source>
        <translation>重新朗读此段</translation>
    </message>
    <message>
        <source>Makes a new take that shares the sound of the other parts</source>
        <translation>生成一条新的录音，其余各段沿用原来的声音</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Date, time and weekday, here or anywhere.</source>
        <translation>此地或任何地方的日期、时间和星期。</translation>
    </message>
    <message>
        <source>Exact arithmetic and a few functions.</source>
        <translation>精确计算和一些函数。</translation>
    </message>
    <message>
        <source>Lengths, weights, temperatures and more.</source>
        <translation>长度、重量、温度等换算。</translation>
    </message>
    <message>
        <source>Tools always allowed</source>
        <translation>始终允许的工具</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Stop the tour</source>
        <translation>停止导览</translation>
    </message>
    <message>
        <source>Ask a question: MiMo thinks, calls a tool, and answers.</source>
        <translation>提一个问题：MiMo 思考、调用工具，然后回答。</translation>
    </message>
    <message>
        <source>A line spoken by a built-in voice, played while it is generated.</source>
        <translation>一句话，由内置音色边生成边朗读。</translation>
    </message>
    <message>
        <source>A voice designed from a description.</source>
        <translation>根据描述设计的音色。</translation>
    </message>
    <message>
        <source>A voice cloned from a short sample.</source>
        <translation>从一小段样本克隆的音色。</translation>
    </message>
    <message>
        <source>Services, keys and appearance are in Settings.</source>
        <translation>服务、密钥和外观都在设置里。</translation>
    </message>
    <message>
        <source>The same in the dark theme.</source>
        <translation>深色主题下的样子。</translation>
    </message>
    <message>
        <source>And in Chinese.</source>
        <translation>还有中文界面。</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Edited message</source>
        <translation>编辑后的消息</translation>
    </message>
    <message>
        <source>Send edited</source>
        <translation>发送修改</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Send edited (Ctrl+Enter)</source>
        <translation>发送修改 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Cancel (Esc)</source>
        <translation>取消 (Esc)</translation>
    </message>
    <message>
        <source>Ctrl+Enter sends, Esc cancels.</source>
        <translation>Ctrl+Enter 发送，Esc 取消。</translation>
    </message>
    <message>
        <source>A reply is still running. Stop it or wait until it is finished.</source>
        <translation>回复仍在生成。请先停止，或等待其完成。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Edit message</source>
        <translation>编辑消息</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>朗读</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一版本</translation>
    </message>
    <message>
        <source>Usage {words}</source>
        <translation>用量 {words}</translation>
    </message>
    <message>
        <source>Jump to latest</source>
        <translation>跳到最新</translation>
    </message>
    <message>
        <source>You {n}</source>
        <translation>你 {n}</translation>
    </message>
    <message>
        <source>MiMo {n}</source>
        <translation>MiMo {n}</translation>
    </message>
    <message>
        <source>System {n}</source>
        <translation>系统 {n}</translation>
    </message>
    <message>
        <source>Developer {n}</source>
        <translation>开发者 {n}</translation>
    </message>
    <message>
        <source>Tool {n}</source>
        <translation>工具 {n}</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Earlier words {n}</source>
        <translation>先前文字 {n}</translation>
    </message>
    <message>
        <source>Web search is turned off for this account, so the answer was made without it. Turn on the plugin at {address}; it takes about five minutes.</source>
        <translation>此账户未开启联网搜索，因此回答时没有联网。请在 {address} 开启插件，约五分钟后生效。</translation>
    </message>
    <message>
        <source>Web search failed: {message}</source>
        <translation>联网搜索失败：{message}</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Thoughts text</source>
        <translation>思考内容</translation>
    </message>
    <message>
        <source>Thoughts {n}</source>
        <translation>思考 {n}</translation>
    </message>
    <message>
        <source>Thoughts text {n}</source>
        <translation>思考内容 {n}</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>思考中…</translation>
    </message>
    <message>
        <source>Thought for {time}</source>
        <translation>思考了 {time}</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 个 token</translation>
    </message>
    <message>
        <source>The arguments are not valid JSON: see line {line}, column {column}. Correct them, then replay.</source>
        <translation>参数不是有效的 JSON：见第 {line} 行第 {column} 列。请更正后再重放。</translation>
    </message>
    <message>
        <source>The arguments must be a JSON object such as {&quot;city&quot;: &quot;Beijing&quot;}. Correct them, then replay.</source>
        <translation>参数必须是 JSON 对象，例如 {&quot;city&quot;: &quot;Beijing&quot;}。请更正后再重放。</translation>
    </message>
    <message>
        <source>Tool call {name}</source>
        <translation>工具调用 {name}</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Always allow</source>
        <translation>总是允许</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Answer the call</source>
        <translation>代为回答</translation>
    </message>
    <message>
        <source>Or answer the call yourself…</source>
        <translation>或自己回答此调用…</translation>
    </message>
    <message>
        <source>Edit and replay</source>
        <translation>编辑并重放</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>重放</translation>
    </message>
    <message>
        <source>Replay (Ctrl+Enter)</source>
        <translation>重放 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>The tool runs again. Type a result of your own to answer in its place.</source>
        <translation>工具将重新运行。若要代替它回答，请直接修改结果。</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>文字记录</translation>
    </message>
    <message>
        <source>Waiting for the service…</source>
        <translation>正在等待服务响应…</translation>
    </message>
    <message>
        <source>Waiting for the service… {n} s</source>
        <translation>正在等待服务响应… {n} 秒</translation>
    </message>
</context>
<context>
    <name>Voices</name>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>female</source>
        <translation>女</translation>
    </message>
    <message>
        <source>male</source>
        <translation>男</translation>
    </message>
    <message>
        <source>set by the service</source>
        <translation>由服务决定</translation>
    </message>
    <message>
        <source>lively</source>
        <translation>活泼</translation>
    </message>
    <message>
        <source>composed</source>
        <translation>知性</translation>
    </message>
    <message>
        <source>sunny</source>
        <translation>阳光</translation>
    </message>
    <message>
        <source>mature</source>
        <translation>成熟</translation>
    </message>
    <message>
        <source>sweet, dreamy</source>
        <translation>甜美梦幻</translation>
    </message>
    <message>
        <source>steady, gentle</source>
        <translation>沉稳温和</translation>
    </message>
    <message>
        <source>male, may sound female</source>
        <translation>男声，听起来可能像女声</translation>
    </message>
    <message>
        <source>designed</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>saved from a take</source>
        <translation>由录音保存</translation>
    </message>
    <message>
        <source>cloned</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>consent on {date}</source>
        <translation>{date} 已获同意</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Clipping</source>
        <translation>削波</translation>
    </message>
    <message>
        <source>Room noise</source>
        <translation>环境噪声</translation>
    </message>
    <message>
        <source>Speech share</source>
        <translation>语音占比</translation>
    </message>
    <message>
        <source>Silence at the ends</source>
        <translation>首尾静音</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>带宽</translation>
    </message>
    <message>
        <source>Mains hum</source>
        <translation>电流声</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>声道</translation>
    </message>
    <message>
        <source>Encoded size</source>
        <translation>编码大小</translation>
    </message>
    <message>
        <source>Constant offset</source>
        <translation>直流偏移</translation>
    </message>
    <message>
        <source>Completeness</source>
        <translation>完整性</translation>
    </message>
    <message>
        <source>can’t be measured</source>
        <translation>无法测量</translation>
    </message>
    <message>
        <source>the file breaks off, its end may be missing</source>
        <translation>文件中断，结尾可能缺失</translation>
    </message>
    <message>
        <source>less than 0.1 % of the samples</source>
        <translation>少于 0.1% 的采样点</translation>
    </message>
    <message>
        <source>{n} % of the samples</source>
        <translation>{n}% 的采样点</translation>
    </message>
    <message>
        <source>louder than the speech</source>
        <translation>比语音还响</translation>
    </message>
    <message>
        <source>{n} dB below the speech</source>
        <translation>比语音低 {n} dB</translation>
    </message>
    <message>
        <source>a steady tone, no speech</source>
        <translation>持续的音调，没有语音</translation>
    </message>
    <message>
        <source>only the first format is read, {n} % is in another</source>
        <translation>只读取第一种格式，另有 {n} % 为其他格式</translation>
    </message>
    <message>
        <source>30 dB or more below the speech</source>
        <translation>比语音低 30 dB 以上</translation>
    </message>
    <message>
        <source>Remove offset</source>
        <translation>消除偏移</translation>
    </message>
    <message>
        <source>Short descriptions give a different voice each time. Add age, texture, mood or pace.</source>
        <translation>描述太短，每次得到的声音都会不同。请补充年龄、音质、情绪或语速。</translation>
    </message>
    <message>
        <source>Long descriptions contradict themselves. Keep what matters.</source>
        <translation>描述过长容易自相矛盾，请只保留要点。</translation>
    </message>
    <message>
        <source>The service can&apos;t imitate another voice. Describe how the voice sounds instead.</source>
        <translation>服务无法模仿他人的声音。请改为描述声音本身的特点。</translation>
    </message>
    <message>
        <source>This looks like the name of a person, whom the service can&apos;t imitate. Describe the voice.</source>
        <translation>这似乎是人名，服务无法模仿真人。请描述声音的特点。</translation>
    </message>
    <message>
        <source>This reads like an instruction. Describe who speaks and how; the preview text is spoken.</source>
        <translation>这像是一条指令。请描述谁在说话、声音如何；要念的内容请写在试听文本中。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{n} s of speech</source>
        <translation>{n} 秒语音</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{n} kHz</source>
        <translation>{n} kHz</translation>
    </message>
    <message>
        <source>{n} LUFS</source>
        <translation>{n} LUFS</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>单声道</translation>
    </message>
    <message>
        <source>a channel is empty</source>
        <translation>有一个声道没有声音</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>立体声</translation>
    </message>
    <message>
        <source>{n} channels</source>
        <translation>{n} 声道</translation>
    </message>
    <message>
        <source>audible at {n} Hz</source>
        <translation>在 {n} Hz 处可闻</translation>
    </message>
    <message>
        <source>{n} % of full scale</source>
        <translation>满刻度的 {n}%</translation>
    </message>
    <message>
        <source>{n} damaged samples, now silent</source>
        <translation>{n} 个损坏的采样点，已静音</translation>
    </message>
    <message>
        <source>{n} % of the file is missing</source>
        <translation>文件缺失 {n}%</translation>
    </message>
    <message>
        <source>{n} of 10 MB, sent as mono</source>
        <translation>{n} / 10 MB，以单声道发送</translation>
    </message>
    <message>
        <source>{n} of 10 MB, sent as mono at 24 kHz</source>
        <translation>{n} / 10 MB，以 24 kHz 单声道发送</translation>
    </message>
    <message>
        <source>{n} of 10 MB, sent as MP3</source>
        <translation>{n} / 10 MB，以 MP3 发送</translation>
    </message>
    <message>
        <source>{n} of 10 MB</source>
        <translation>{n} / 10 MB</translation>
    </message>
    <message>
        <source>{value}; recommended: {wanted}</source>
        <translation>{value}；建议：{wanted}</translation>
    </message>
    <message>
        <source>10 to 60 s</source>
        <translation>10 到 60 秒</translation>
    </message>
    <message>
        <source>60 % or more</source>
        <translation>60 % 以上</translation>
    </message>
    <message>
        <source>at most 0.5 s</source>
        <translation>不超过 0.5 秒</translation>
    </message>
    <message>
        <source>7 kHz or more</source>
        <translation>7 kHz 以上</translation>
    </message>
    <message>
        <source>−30 to −14 LUFS</source>
        <translation>−30 到 −14 LUFS</translation>
    </message>
    <message>
        <source>at most 10 MB</source>
        <translation>不超过 10 MB</translation>
    </message>
    <message>
        <source>the whole file</source>
        <translation>完整的文件</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>could be better</source>
        <translation>可以更好</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>较差</translation>
    </message>
    <message>
        <source>Trim silence</source>
        <translation>裁去静音</translation>
    </message>
    <message>
        <source>Bring to level</source>
        <translation>调整电平</translation>
    </message>
    <message>
        <source>Mix to mono</source>
        <translation>混为单声道</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>停止录制</translation>
    </message>
    <message>
        <source>Record sample</source>
        <translation>录制样本</translation>
    </message>
    <message>
        <source>Sample file</source>
        <translation>样本文件</translation>
    </message>
    <message>
        <source>Reading and checking the file: {n} %</source>
        <translation>正在读取并检查文件：{n} %</translation>
    </message>
    <message>
        <source>Choose sample</source>
        <translation>选择样本</translation>
    </message>
    <message>
        <source>The recording replaced the sample.</source>
        <translation>录音已替换样本。</translation>
    </message>
    <message>
        <source>Some audio was lost while recording. Record again if you hear gaps.</source>
        <translation>录音时丢失了部分声音。如果听到断音，请重新录制。</translation>
    </message>
    <message>
        <source>{name}, {t} used</source>
        <translation>{name}，使用 {t}</translation>
    </message>
    <message>
        <source>Undo “{fix}”</source>
        <translation>撤销“{fix}”</translation>
    </message>
    <message>
        <source>Stop recording first.</source>
        <translation>请先停止录音。</translation>
    </message>
    <message>
        <source>This file could not be opened. Choose another one.</source>
        <translation>无法打开此文件，请另选一个。</translation>
    </message>
    <message>
        <source>Choose or record a sample first.</source>
        <translation>请先选择或录制样本。</translation>
    </message>
    <message>
        <source>“Test text” is empty. Type a line to speak.</source>
        <translation>“测试文本”是空的。请输入要说的一句话。</translation>
    </message>
    <message>
        <source>The sample has only {t} of speech, so the voice may not sound like the speaker. Use 10 to 60 s of speech.</source>
        <translation>样本中只有 {t} 的语音，音色可能不像本人。建议使用 10 到 60 秒的语音。</translation>
    </message>
    <message>
        <source>Example sample</source>
        <translation>示例样本</translation>
    </message>
    <message>
        <source>Sample position</source>
        <translation>样本位置</translation>
    </message>
    <message>
        <source>Trim start</source>
        <translation>裁剪起点</translation>
    </message>
    <message>
        <source>Trim end</source>
        <translation>裁剪终点</translation>
    </message>
    <message>
        <source>Play sample</source>
        <translation>播放样本</translation>
    </message>
    <message>
        <source>Recording. Speak for 10 to 60 seconds, then stop.</source>
        <translation>正在录音。请说 10 到 60 秒，然后停止。</translation>
    </message>
    <message>
        <source>Your sample appears here, ready to check, trim and fix.</source>
        <translation>样本会显示在这里，可以检查、裁剪和修复。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Drop a recording here, type its path, or choose or record one</source>
        <translation>把录音拖到这里、输入路径，或选择、录制一段</translation>
    </message>
    <message>
        <source>Best: 10 to 60 seconds of one person, without noise. WAV, FLAC, MP3 or OGG; with ffmpeg also M4A or video. At most 10 MB is sent: a larger sample is made smaller. A file of up to an hour can be trimmed.</source>
        <translation>最好是一个人 10 到 60 秒、没有噪声的录音。支持 WAV、FLAC、MP3 或 OGG；装有 ffmpeg 时还支持 M4A 或视频。最多发送 10 MB，更大的样本会被缩小。一小时以内的文件可以裁剪。</translation>
    </message>
    <message>
        <source>Sample check</source>
        <translation>样本检查</translation>
    </message>
    <message>
        <source>Sample checks</source>
        <translation>样本检查项</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>Test text</source>
        <translation>测试文本</translation>
    </message>
    <message>
        <source>Yes, I had a sandwich.</source>
        <translation>是的，我吃了一个三明治。</translation>
    </message>
    <message>
        <source>Speak with this voice</source>
        <translation>用此音色朗读</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>原声</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>The speaker has agreed</source>
        <translation>说话人已同意</translation>
    </message>
    <message>
        <source>The speaker agrees that this recording, which is personal data, is sent to the service with every request and that speech is made in this voice.</source>
        <translation>说话人同意：这段录音属于个人数据，将随每次请求发送给服务，并用此声音生成语音。</translation>
    </message>
    <message>
        <source>Voice name</source>
        <translation>音色名称</translation>
    </message>
    <message>
        <source>Save voice</source>
        <translation>保存音色</translation>
    </message>
    <message>
        <source>Select a finished candidate first.</source>
        <translation>请先选择一个已完成的候选。</translation>
    </message>
    <message>
        <source>Polished text: {text}</source>
        <translation>润色后的文本：{text}</translation>
    </message>
    <message>
        <source>Use this text</source>
        <translation>使用此文本</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Design voice</source>
        <translation>设计音色</translation>
    </message>
    <message>
        <source>Voice description</source>
        <translation>音色描述</translation>
    </message>
    <message>
        <source>Preview text</source>
        <translation>试听文本</translation>
    </message>
    <message>
        <source>Candidate takes</source>
        <translation>候选录音</translation>
    </message>
    <message>
        <source>Who speaks and how: gender and age, texture, mood, pace.</source>
        <translation>谁在说、怎样说：性别年龄、质感、情绪、语速。</translation>
    </message>
    <message>
        <source>Woman in her twenties</source>
        <translation>二十多岁女性</translation>
    </message>
    <message>
        <source>Man in his fifties</source>
        <translation>五十多岁男性</translation>
    </message>
    <message>
        <source>Elderly man</source>
        <translation>老年男性</translation>
    </message>
    <message>
        <source>Child</source>
        <translation>孩童</translation>
    </message>
    <message>
        <source>Silky and warm</source>
        <translation>丝滑温暖</translation>
    </message>
    <message>
        <source>Hoarse</source>
        <translation>沙哑</translation>
    </message>
    <message>
        <source>Clear and bright</source>
        <translation>清亮</translation>
    </message>
    <message>
        <source>Deep and magnetic</source>
        <translation>低沉磁性</translation>
    </message>
    <message>
        <source>Calm</source>
        <translation>平静</translation>
    </message>
    <message>
        <source>Cheerful</source>
        <translation>欢快</translation>
    </message>
    <message>
        <source>Slow and deliberate</source>
        <translation>缓慢从容</translation>
    </message>
    <message>
        <source>Very fast</source>
        <translation>非常快</translation>
    </message>
    <message>
        <source>Candidates appear here, each with a different voice. Keep the one you like.</source>
        <translation>候选音色会出现在这里，每个各不相同。保留你喜欢的那个。</translation>
    </message>
    <message>
        <source>Polish the text</source>
        <translation>润色文本</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选数</translation>
    </message>
    <message>
        <source>Try an example</source>
        <translation>试试示例</translation>
    </message>
    <message>
        <source>Keep voice</source>
        <translation>保留音色</translation>
    </message>
    <message>
        <source>Delete candidate</source>
        <translation>删除候选</translation>
    </message>
    <message>
        <source>“{name}” is in the library.</source>
        <translation>“{name}”已在音色库中。</translation>
    </message>
    <message>
        <source>Level {n} dB</source>
        <translation>电平 {n} dB</translation>
    </message>
    <message>
        <source>Recording {time}</source>
        <translation>正在录音 {time}</translation>
    </message>
    <message>
        <source>The microphone picks up nothing. Check whether it is muted, or choose another one in Settings, Audio.</source>
        <translation>麦克风没有收到任何声音。请检查它是否静音，或在“设置 › 音频”中另选一个。</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>“{name}”已删除。</translation>
    </message>
    <message>
        <source>Export voice</source>
        <translation>导出音色</translation>
    </message>
    <message>
        <source>“{voice}” and its sample were exported to {name}.</source>
        <translation>“{voice}”及其样本已导出到 {name}。</translation>
    </message>
    <message>
        <source>Import voice</source>
        <translation>导入音色</translation>
    </message>
    <message>
        <source>Design a voice</source>
        <translation>设计一个音色</translation>
    </message>
    <message>
        <source>Saved voices</source>
        <translation>已存音色</translation>
    </message>
    <message>
        <source>Play voice</source>
        <translation>播放音色</translation>
    </message>
    <message>
        <source>Voices you design or clone are saved here, ready for the studio.</source>
        <translation>设计或克隆的音色都保存在这里，可在工作室中使用。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete voice</source>
        <translation>删除音色</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>音色</translation>
    </message>
    <message>
        <source>Design</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>音色库</translation>
    </message>
    <message>
        <source>“Preview text” is empty. Type a line, or switch on “Polish the text” to have one written.</source>
        <translation>“试听文本”是空的。请输入一句话，或打开“润色文本”让模型代写。</translation>
    </message>
    <message>
        <source>The candidate was deleted.</source>
        <translation>候选已删除。</translation>
    </message>
</context>
<context>
    <name>Widgets</name>
    <message>
        <source>Working</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>{name} slider</source>
        <translation>{name}滑块</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>A number is missing.</source>
        <translation>请填写数字。</translation>
    </message>
    <message>
        <source>“{typed}” is not a number.</source>
        <translation>“{typed}”不是数字。</translation>
    </message>
    <message>
        <source>“{typed}” is not a whole number.</source>
        <translation>“{typed}”不是整数。</translation>
    </message>
    <message>
        <source>{typed} is too small.</source>
        <translation>{typed} 太小。</translation>
    </message>
    <message>
        <source>{typed} is too large.</source>
        <translation>{typed} 太大。</translation>
    </message>
    <message>
        <source>{typed} has too many decimal places.</source>
        <translation>{typed} 的小数位数太多。</translation>
    </message>
    <message>
        <source>Enter a number from {low} to {high}, with up to {n} decimal places. {value} is still used.</source>
        <translation>请输入 {low} 到 {high} 之间的数字，最多 {n} 位小数。目前仍使用 {value}。</translation>
    </message>
    <message>
        <source>Enter a whole number from {low} to {high}. {value} is still used.</source>
        <translation>请输入 {low} 到 {high} 之间的整数。目前仍使用 {value}。</translation>
    </message>
    <message>
        <source>Scroll left</source>
        <translation>向左滚动</translation>
    </message>
    <message>
        <source>Scroll right</source>
        <translation>向右滚动</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>MiMo Workbench</source>
        <translation>MiMo Workbench</translation>
    </message>
    <message>
        <source>Presentation mode</source>
        <translation type="unfinished">演示模式</translation>
    </message>
</context>
</TS>
