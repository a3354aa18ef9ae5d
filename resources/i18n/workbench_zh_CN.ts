<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>About</name>
    <message>
        <source>licence not named</source>
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
        <source>This is independent work, not by Xiaomi, which warns that it has no official desktop program. The demo service is a stand-in of our own: it is never MiMo.</source>
        <translation>本软件为独立作品，并非小米出品；小米提示其没有官方桌面程序。演示服务是我们自己的替身，绝不是 MiMo。</translation>
    </message>
    <message>
        <source>When something is wrong</source>
        <translation>遇到问题时</translation>
    </message>
    <message>
        <source>This is what is copied: versions, settings that matter and the end of the log. No key is in it.</source>
        <translation>复制的内容如下：版本、相关设置和日志末尾。其中没有密钥。</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断信息</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>复制诊断信息</translation>
    </message>
    <message>
        <source>The parts and their licences</source>
        <translation>所用组件及其许可证</translation>
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
        <source>Select a part to read its licence. The workbench itself is under MIT.</source>
        <translation>选择一个组件查看其许可证。本工作台自身采用 MIT 许可证。</translation>
    </message>
    <message>
        <source>{name} ships no licence file; the line above names its licence.</source>
        <translation>{name} 未附许可证文件；上面一行写明了其许可证。</translation>
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
        <source>How the workbench looks and which language it speaks.</source>
        <translation>工作台的外观与语言。</translation>
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
        <source>As the system</source>
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
        <source>Reduced motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Nothing turns, slides or fades that does not have to.</source>
        <translation>除非必要，界面上没有旋转、滑动或淡入淡出。</translation>
    </message>
    <message>
        <source>Hide hosts while presenting</source>
        <translation>演示时隐藏主机</translation>
    </message>
    <message>
        <source>Presentation mode hides keys, account names, your name and file paths; with this, addresses of services too.</source>
        <translation>演示模式会隐藏密钥、账户名、您的姓名和文件路径；开启此项后也隐藏服务地址。</translation>
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
        <source>As the system</source>
        <translation>跟随系统</translation>
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
        <source>Microphone meter</source>
        <translation>麦克风电平表</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Where takes are heard and samples are recorded.</source>
        <translation>在哪里播放录音、录制样本。</translation>
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
        <source>More bridges gaps on a busy computer; less is heard sooner. It holds from the next sound on.</source>
        <translation>电脑繁忙时，大一些不易断音；小一些更快听到声音。从下一次播放起生效。</translation>
    </message>
    <message>
        <source>Microphone level</source>
        <translation>麦克风电平</translation>
    </message>
</context>
<context>
    <name>Chat</name>
    <message>
        <source>The service wants earlier thinking back that is not kept here: this answer is made without thinking. Switch thinking off to keep it so.</source>
        <translation>服务要求回传此前的思考内容，但这里没有保存：本次回答已关闭思考。如需一直如此，请关闭“思考”。</translation>
    </message>
    <message>
        <source>This answer broke off: the program or the service ended before it was whole.</source>
        <translation>这个回答中断了：程序或服务在它完整之前就结束了。</translation>
    </message>
    <message>
        <source>What had come is kept; Retry asks again.</source>
        <translation>已到达的内容已保留；点“重试”可重新提问。</translation>
    </message>
    <message>
        <source>MiMo wrote a tool call into its thoughts: switch Thinking off and retry.</source>
        <translation>MiMo 把工具调用写进了思考里：请关闭思考后重试。</translation>
    </message>
    <message>
        <source>The request limit is reached: sending in {time}, number {place} in the queue.</source>
        <translation>已达请求上限：{time}后发送，当前排在第 {place} 位。</translation>
    </message>
    <message>
        <source>The request limit is reached: sending in {time}.</source>
        <translation>已达请求上限：{time} 后发送。</translation>
    </message>
    <message>
        <source>The service did not answer: trying again in {time}.</source>
        <translation>服务没有应答：{time} 后重试。</translation>
    </message>
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
        <source>There is no model “{name}” here: choose one of the list, or add it to Further models of the service in Settings.</source>
        <translation>这里没有模型“{name}”：请从列表中选择，或在“设置”中把它加到该服务的“其他模型”里。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>This call belongs to another conversation: open that.</source>
        <translation>此调用属于另一个对话：请先打开它。</translation>
    </message>
    <message>
        <source>An answer is still coming: stop it, or let it end, and send again.</source>
        <translation>回答仍在生成：先停止，或等它结束，再重新发送。</translation>
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
        <source>Ask MiMo anything. You see what it thinks, which tools it calls, and what it answers.</source>
        <translation>向 MiMo 提任何问题。你会看到它的思考、调用的工具和回答。</translation>
    </message>
    <message>
        <source>Try an example</source>
        <translation>试试示例</translation>
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
        <source>Files put into the presentation folder beforehand are listed here.</source>
        <translation>事先放入演示文件夹的文件会列在这里。</translation>
    </message>
    <message>
        <source>A file of this name is there and will be replaced.</source>
        <translation>已有同名文件，将被替换。</translation>
    </message>
    <message>
        <source>No such file is in the presentation folder.</source>
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
</context>
<context>
    <name>Composer</name>
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
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Everything the workbench keeps is in one folder. Keys are not in it.</source>
        <translation>工作台保存的一切都在一个文件夹里，其中没有密钥。</translation>
    </message>
    <message>
        <source>Everything the workbench keeps is in one folder, also the keys kept in a file.</source>
        <translation>工作台保存的一切都在一个文件夹里，包括存放在文件中的密钥。</translation>
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
        <source>There is no backup yet. One is made by itself as often as set below.</source>
        <translation>还没有备份。将按下面设定的间隔自动备份。</translation>
    </message>
    <message>
        <source>Restore brings back what a backup holds and is missing here. Nothing that is here changes.</source>
        <translation>“恢复”会找回备份中有而这里缺少的内容，现有内容不会改变。</translation>
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
        <source>Conversations, takes, voices, sounds, attachments and settings, for another computer or a safe place; never a key. Importing adds what is missing here and changes nothing else.</source>
        <translation>对话、片段、音色、声音、附件和设置，可带到另一台电脑或妥善存放；绝不包含密钥。导入只补上这里没有的内容，其余不变。</translation>
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
        <source>{all} altogether: words {words}, sounds and attachments {blobs}, backups {backups}, the rest {rest}.</source>
        <translation>共 {all}：文字 {words}，声音和附件 {blobs}，备份 {backups}，其余 {rest}。</translation>
    </message>
    <message>
        <source>The backup is made.</source>
        <translation>备份已完成。</translation>
    </message>
    <message>
        <source>Stopped. What was here before is here unchanged.</source>
        <translation>已停止。原有内容没有变化。</translation>
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
        <source>Everything is in {name} ({size}). Keys are not.</source>
        <translation>全部内容已存入 {name}（{size}），不含密钥。</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>The file holds settings too; yours are unchanged.</source>
        <translation>文件中也有设置，您的设置未改变。</translation>
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
        <source>Left out, because yours have other addresses: {names}.</source>
        <translation>已略过（您的同名服务地址不同）：{names}。</translation>
    </message>
    <message>
        <source>Settings taken over: {n}</source>
        <translation>已采用的设置：{n}</translation>
    </message>
    <message>
        <source>A key could not be removed: {reason} Remove it in the keychain of this computer, or go on.</source>
        <translation>有一个密钥无法删除：{reason} 请在本机的钥匙串中删除它，或继续。</translation>
    </message>
    <message>
        <source>Brought back. Conversations: {conversations} · Messages: {messages} · Takes: {takes} · Others: {things}</source>
        <translation>已恢复。对话：{conversations} · 消息：{messages} · 录音：{takes} · 其他：{things}</translation>
    </message>
    <message>
        <source>Take its settings</source>
        <translation>采用其中的设置</translation>
    </message>
    <message>
        <source>Everything in it was here already.</source>
        <translation>其中的内容这里都已有。</translation>
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
        <source>The page for it: {page}</source>
        <translation>对应页面：{page}</translation>
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
        <source>Your work is kept. To report it, use “Copy diagnostics” in Settings, About.</source>
        <translation>您的工作已保留。如需报告，请使用“设置 → 关于”中的“复制诊断信息”。</translation>
    </message>
    <message>
        <source>The service did not accept the request: {detail}.</source>
        <translation>服务不接受该请求：{detail}。</translation>
    </message>
    <message>
        <source>Change what it names and try again.</source>
        <translation>请修改它指出之处后重试。</translation>
    </message>
    <message>
        <source>The service wants the earlier thinking back: {detail}.</source>
        <translation>服务要求送回先前的思考：{detail}。</translation>
    </message>
    <message>
        <source>Switch on “Send earlier thinking” in Parameters, or thinking off, and try again.</source>
        <translation>请在参数中打开“发送先前的思考”，或关闭思考，然后重试。</translation>
    </message>
    <message>
        <source>Web search is switched off for this account.</source>
        <translation>此账户未开启联网搜索。</translation>
    </message>
    <message>
        <source>Switch the plugin on in the console (it takes five minutes) or send without web search.</source>
        <translation>请在控制台开启插件（约五分钟生效），或不用联网搜索发送。</translation>
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
        <translation>请在“设置 › 服务”中填写，或使用演示服务。</translation>
    </message>
    <message>
        <source>This key is of another kind than {host} takes; it was not sent.</source>
        <translation>此密钥与 {host} 所需类型不同，未发送。</translation>
    </message>
    <message>
        <source>Keys beginning sk- are for pay-as-you-go, tp- and ttp- for Token Plan: choose that service.</source>
        <translation>sk- 开头的密钥用于按量付费，tp- 和 ttp- 用于 Token Plan：请选择对应的服务。</translation>
    </message>
    <message>
        <source>The account has no balance left: {detail}.</source>
        <translation>账户余额不足：{detail}。</translation>
    </message>
    <message>
        <source>Recharge it in the console, then try again.</source>
        <translation>请在控制台充值后重试。</translation>
    </message>
    <message>
        <source>The service refuses access: {detail}.</source>
        <translation>服务拒绝访问：{detail}。</translation>
    </message>
    <message>
        <source>It may not be available in this region, or the key is locked: create a new key.</source>
        <translation>此地区可能不可用，或密钥被锁定：请新建密钥。</translation>
    </message>
    <message>
        <source>The service sees a risk in the requests: {detail}.</source>
        <translation>服务认为请求有风险：{detail}。</translation>
    </message>
    <message>
        <source>Mind the content you send; a new key may be needed.</source>
        <translation>请注意发送的内容；可能需要新密钥。</translation>
    </message>
    <message>
        <source>The service knows no such model or address: {detail}.</source>
        <translation>服务不认识该模型或地址：{detail}。</translation>
    </message>
    <message>
        <source>Check the base URL and choose a model from the list.</source>
        <translation>请检查基础地址，并从列表中选择模型。</translation>
    </message>
    <message>
        <source>This model takes no images.</source>
        <translation>此模型不支持图像。</translation>
    </message>
    <message>
        <source>Choose a model that sees, or remove the image.</source>
        <translation>请选择支持图像的模型，或移除图片。</translation>
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
        <source>Too many requests in the last minute.</source>
        <translation>最近一分钟请求过多。</translation>
    </message>
    <message>
        <source>Wait a little and try again.</source>
        <translation>请稍等后重试。</translation>
    </message>
    <message>
        <source>The plan&apos;s quota is used up.</source>
        <translation>套餐额度已用完。</translation>
    </message>
    <message>
        <source>Upgrade the plan, wait for its renewal, or use pay-as-you-go.</source>
        <translation>请升级套餐、等待续期，或改用按量付费。</translation>
    </message>
    <message>
        <source>The service had an internal error ({status}): {detail}.</source>
        <translation>服务内部错误（{status}）：{detail}。</translation>
    </message>
    <message>
        <source>Try again later; if it stays, write to support-mimo@xiaomi.com.</source>
        <translation>请稍后再试；若仍如此，请写信至 support-mimo@xiaomi.com。</translation>
    </message>
    <message>
        <source>The service is overloaded.</source>
        <translation>服务过载。</translation>
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
        <source>{host} did not take the connection within {seconds} s.</source>
        <translation>{host} 未在 {seconds} 秒内接受连接。</translation>
    </message>
    <message>
        <source>Check the network or the proxy, then try again.</source>
        <translation>请检查网络或代理后重试。</translation>
    </message>
    <message>
        <source>{host} sent nothing within {seconds} s.</source>
        <translation>{host} 在 {seconds} 秒内没有发送任何内容。</translation>
    </message>
    <message>
        <source>Try again; the time limit is in Settings, Network.</source>
        <translation>请重试；时限在“设置 › 网络”中。</translation>
    </message>
    <message>
        <source>The reply went silent for {seconds} s.</source>
        <translation>回复静默了 {seconds} 秒。</translation>
    </message>
    <message>
        <source>What arrived is kept. Try again.</source>
        <translation>已收到的内容已保留，请重试。</translation>
    </message>
    <message>
        <source>The call was not finished after {seconds} s.</source>
        <translation>调用在 {seconds} 秒后仍未完成。</translation>
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
        <source>Check the computer&apos;s clock, the proxy and its certificates.</source>
        <translation>请检查电脑时钟、代理及其证书。</translation>
    </message>
    <message>
        <source>The connection to {host} broke off.</source>
        <translation>与 {host} 的连接中断。</translation>
    </message>
    <message>
        <source>The reply ended before it was finished.</source>
        <translation>回复未完成就结束了。</translation>
    </message>
    <message>
        <source>{host} answered with something that is not the MiMo protocol.</source>
        <translation>{host} 的应答不符合 MiMo 协议。</translation>
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
        <source>Ask for less at once.</source>
        <translation>请一次少要一些。</translation>
    </message>
    <message>
        <source>{host} would get the key unencrypted; nothing was sent.</source>
        <translation>密钥将以明文发给 {host}；未发送任何内容。</translation>
    </message>
    <message>
        <source>Use an https address, or allow plain http for this service.</source>
        <translation>请使用 https 地址，或允许此服务使用明文 http。</translation>
    </message>
    <message>
        <source>The base URL is no web address: {url}.</source>
        <translation>基础地址不是网址：{url}。</translation>
    </message>
    <message>
        <source>It looks like https://api.xiaomimimo.com/v1.</source>
        <translation>形如 https://api.xiaomimimo.com/v1。</translation>
    </message>
    <message>
        <source>{path} holds no certificates that can be read: {reason}.</source>
        <translation>{path} 中没有可读取的证书：{reason}。</translation>
    </message>
    <message>
        <source>Choose a PEM file of your authority in Settings, Network.</source>
        <translation>请在“设置”的“网络”中选择您的证书机构的 PEM 文件。</translation>
    </message>
    <message>
        <source>The proxy is no address that can be used: {url}.</source>
        <translation>代理地址无法使用：{url}。</translation>
    </message>
    <message>
        <source>It looks like http://127.0.0.1:7890; see Settings, Network.</source>
        <translation>格式如 http://127.0.0.1:7890；请见“设置”的“网络”。</translation>
    </message>
    <message>
        <source>The terms of the Token Plan are not accepted yet.</source>
        <translation>尚未接受 Token Plan 的条款。</translation>
    </message>
    <message>
        <source>Read and accept them in Settings, Services; nothing was sent.</source>
        <translation>请在“设置”的“服务”中阅读并接受；没有发送任何内容。</translation>
    </message>
    <message>
        <source>{host} sends us on to {target}; the key was not sent there.</source>
        <translation>{host} 转向 {target}；密钥没有发往那里。</translation>
    </message>
    <message>
        <source>If you trust it, enter that address as the base URL.</source>
        <translation>如果你信任它，请把该地址填为基础地址。</translation>
    </message>
    <message>
        <source>The demo service is not installed (missing: {missing}).</source>
        <translation>演示服务未安装（缺少：{missing}）。</translation>
    </message>
    <message>
        <source>Start with “python3 packaging/bootstrap.py run”, or install the extra “demo”.</source>
        <translation>请用“python3 packaging/bootstrap.py run”启动，或安装附加组件“demo”。</translation>
    </message>
    <message>
        <source>The demo service ended unexpectedly.</source>
        <translation>演示服务意外结束。</translation>
    </message>
    <message>
        <source>It starts again with the next try.</source>
        <translation>下次尝试时会重新启动。</translation>
    </message>
    <message>
        <source>The demo service did not start: {reason}.</source>
        <translation>演示服务未能启动：{reason}。</translation>
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
        <source>It was told so and may go on.</source>
        <translation>已告知模型，它可以继续。</translation>
    </message>
    <message>
        <source>The arguments for {name} can&apos;t be used: {reason}.</source>
        <translation>{name} 的参数无法使用：{reason}。</translation>
    </message>
    <message>
        <source>The model was told; you can edit them and replay.</source>
        <translation>已告知模型；你可以编辑参数后重放。</translation>
    </message>
    <message>
        <source>{name} failed: {reason}.</source>
        <translation>{name} 失败：{reason}。</translation>
    </message>
    <message>
        <source>The model was told so.</source>
        <translation>已告知模型。</translation>
    </message>
    <message>
        <source>{name} was called again with the same arguments and result.</source>
        <translation>{name} 以相同的参数再次调用并得到相同的结果。</translation>
    </message>
    <message>
        <source>Retry lets MiMo go on; a clearer question may help more.</source>
        <translation>重试可让 MiMo 继续；把问题说得更清楚可能更有用。</translation>
    </message>
    <message>
        <source>Sound needs the PortAudio library, which is missing here.</source>
        <translation>声音需要 PortAudio 库，这里没有安装。</translation>
    </message>
    <message>
        <source>Install it (Debian, Ubuntu: apt install libportaudio2). Everything else works.</source>
        <translation>请安装它（Debian、Ubuntu：apt install libportaudio2）。其他功能不受影响。</translation>
    </message>
    <message>
        <source>There is no device to play on.</source>
        <translation>没有可播放的设备。</translation>
    </message>
    <message>
        <source>Connect one or choose it in Settings, Audio.</source>
        <translation>请连接设备，或在“设置 › 音频”中选择。</translation>
    </message>
    <message>
        <source>There is no microphone.</source>
        <translation>没有麦克风。</translation>
    </message>
    <message>
        <source>Connect one or choose it in Settings, Audio; a file works too.</source>
        <translation>请连接麦克风，或在“设置 › 音频”中选择；也可以用文件。</translation>
    </message>
    <message>
        <source>The sound device went away.</source>
        <translation>声音设备已断开。</translation>
    </message>
    <message>
        <source>Playback waits at its place: press Play to go on elsewhere.</source>
        <translation>播放停在原处：按播放即可在其他设备上继续。</translation>
    </message>
    <message>
        <source>The microphone “{device}” is gone; what it had heard is kept.</source>
        <translation>麦克风“{device}”已断开；已录到的内容会保留。</translation>
    </message>
    <message>
        <source>Choose another one in Settings, Audio.</source>
        <translation>请在“设置 › 音频”中选择另一个。</translation>
    </message>
    <message>
        <source>The sound device can&apos;t be opened: {reason}.</source>
        <translation>无法打开声音设备：{reason}。</translation>
    </message>
    <message>
        <source>Close what uses it, or choose another in Settings, Audio.</source>
        <translation>请关闭占用它的程序，或在“设置 › 音频”中另选。</translation>
    </message>
    <message>
        <source>There is no sound in it.</source>
        <translation>其中没有声音。</translation>
    </message>
    <message>
        <source>Try again, or choose another file.</source>
        <translation>请重试，或选择其他文件。</translation>
    </message>
    <message>
        <source>{name} can&apos;t be read as sound.</source>
        <translation>无法把 {name} 作为声音读取。</translation>
    </message>
    <message>
        <source>Choose a WAV, FLAC, MP3, OGG or AIFF file.</source>
        <translation>请选择 WAV、FLAC、MP3、OGG 或 AIFF 文件。</translation>
    </message>
    <message>
        <source>{name} is in a sound format that can&apos;t be used here.</source>
        <translation>{name} 的声音格式在此无法使用。</translation>
    </message>
    <message>
        <source>Reading {name} needs the program ffmpeg, which is missing here.</source>
        <translation>读取 {name} 需要 ffmpeg 程序，这里没有安装。</translation>
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
        <source>Cut it shorter first.</source>
        <translation>请先剪短。</translation>
    </message>
    <message>
        <source>The sample is too large to travel with a request ({limit}).</source>
        <translation>样本太大，无法随请求发送（{limit}）。</translation>
    </message>
    <message>
        <source>Trim it: 10 to 30 seconds of speech are enough.</source>
        <translation>请裁剪：10 到 30 秒的语音就够了。</translation>
    </message>
    <message>
        <source>This service takes no {mime} in a message.</source>
        <translation>此服务的消息不支持 {mime}。</translation>
    </message>
    <message>
        <source>Remove it, or choose another model or protocol.</source>
        <translation>请移除它，或选择其他模型或协议。</translation>
    </message>
    <message>
        <source>{value} can&apos;t be used for the setting {key}.</source>
        <translation>设置 {key} 不能使用 {value}。</translation>
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
        <source>Type a line first.</source>
        <translation>请先输入一句话。</translation>
    </message>
    <message>
        <source>The voice is not described yet.</source>
        <translation>还没有描述音色。</translation>
    </message>
    <message>
        <source>Say in a sentence who speaks and how.</source>
        <translation>请用一句话说明是谁在说、怎样说。</translation>
    </message>
    <message>
        <source>There is no sample to take the voice from.</source>
        <translation>没有可供取音色的样本。</translation>
    </message>
    <message>
        <source>Choose or record one.</source>
        <translation>请选择或录制一个。</translation>
    </message>
    <message>
        <source>Nobody speaks in the sample.</source>
        <translation>样本中没有人说话。</translation>
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
        <source>Tick “The speaker has agreed” if that is so.</source>
        <translation>如果确实如此，请勾选“说话人已同意”。</translation>
    </message>
    <message>
        <source>The voice has no name.</source>
        <translation>音色还没有名称。</translation>
    </message>
    <message>
        <source>Type one.</source>
        <translation>请输入一个。</translation>
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
        <source>There is no file {path}.</source>
        <translation>没有文件 {path}。</translation>
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
        <source>Check that you may read it.</source>
        <translation>请确认你有读取权限。</translation>
    </message>
    <message>
        <source>{path} can&apos;t be written: {reason}.</source>
        <translation>无法写入 {path}：{reason}。</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>Another MiMo Workbench uses {path}.</source>
        <translation>另一个 MiMo Workbench 正在使用 {path}。</translation>
    </message>
    <message>
        <source>Use its window, close it, or start with another --home.</source>
        <translation>请使用它的窗口、关闭它，或用另一个 --home 启动。</translation>
    </message>
    <message>
        <source>The program is ending: this was not kept any more.</source>
        <translation>程序正在结束：此项未能保存。</translation>
    </message>
    <message>
        <source>Start it again and repeat the last step.</source>
        <translation>请重新启动并重复最后一步。</translation>
    </message>
    <message>
        <source>This is no longer kept, or its sound is missing.</source>
        <translation>此项已不再保留，或其声音缺失。</translation>
    </message>
    <message>
        <source>A backup may still hold it: Settings, Data.</source>
        <translation>备份中可能还有：“设置 › 数据”。</translation>
    </message>
    <message>
        <source>The backup can&apos;t be read: {reason}.</source>
        <translation>无法读取备份：{reason}。</translation>
    </message>
    <message>
        <source>Nothing was changed; choose an older one.</source>
        <translation>没有做任何更改；请选择更早的备份。</translation>
    </message>
    <message>
        <source>{name} is nothing that can be imported here, or it is damaged.</source>
        <translation>{name} 不是这里能导入的文件，或已损坏。</translation>
    </message>
    <message>
        <source>A conversation (.json) comes in by Import conversation in Chat, a voice by Import voice in Voices, and everything (.zip) by Import in Settings, Data.</source>
        <translation>对话（.json）请在“对话”中用“导入对话”，音色请在“音色”中用“导入音色”，全部内容（.zip）请在“设置”的“数据”中用“导入”。</translation>
    </message>
    <message>
        <source>The disk is full: {path} was not written.</source>
        <translation>磁盘已满：{path} 未写入。</translation>
    </message>
    <message>
        <source>Free some space; what is on screen is still here.</source>
        <translation>请腾出空间；屏幕上的内容都还在。</translation>
    </message>
    <message>
        <source>{path} can&apos;t be written to.</source>
        <translation>无法写入 {path}。</translation>
    </message>
    <message>
        <source>Start with --home and a folder that is yours.</source>
        <translation>请用 --home 指定一个属于你的文件夹启动。</translation>
    </message>
    <message>
        <source>This computer offers no keychain.</source>
        <translation>此电脑没有可用的钥匙串。</translation>
    </message>
    <message>
        <source>The key is kept for this run only.</source>
        <translation>密钥只在本次运行中保留。</translation>
    </message>
    <message>
        <source>The computer&apos;s keychain did not keep the key: {reason}.</source>
        <translation>系统钥匙串没有保存密钥：{reason}。</translation>
    </message>
    <message>
        <source>The key is kept for this run only; unlock the keychain and save again.</source>
        <translation>密钥只在本次运行中保留；请解锁钥匙串后再次保存。</translation>
    </message>
    <message>
        <source>The settings file, or a part of it, could not be read.</source>
        <translation>设置文件（或其中一部分）无法读取。</translation>
    </message>
    <message>
        <source>Defaults hold in its place; the old file is kept as {path}.</source>
        <translation>相应内容使用默认值；旧文件保存为 {path}。</translation>
    </message>
    <message>
        <source>The file with the keys could not be read.</source>
        <translation>存放密钥的文件无法读取。</translation>
    </message>
    <message>
        <source>It is kept as {path}; type keys again in Settings, Services.</source>
        <translation>它已保存为 {path}；请在“设置”的“服务”中重新输入密钥。</translation>
    </message>
    <message>
        <source>The database is damaged.</source>
        <translation>数据库已损坏。</translation>
    </message>
    <message>
        <source>It is kept as {path}; a backup can be restored in Settings, Data.</source>
        <translation>它保留为 {path}；可在“设置 › 数据”中恢复备份。</translation>
    </message>
    <message>
        <source>The database was written by a newer MiMo Workbench.</source>
        <translation>数据库由更新版本的 MiMo Workbench 写入。</translation>
    </message>
    <message>
        <source>Install that version, or start with another --home.</source>
        <translation>请安装那个版本，或用另一个 --home 启动。</translation>
    </message>
    <message>
        <source>Restore the last backup</source>
        <translation>恢复上一个备份</translation>
    </message>
    <message>
        <source>Some of what is kept could not be read and is left out ({n}). A backup may hold it: Settings, Data.</source>
        <translation>有部分保存的内容无法读取，已略过（{n} 项）。备份中可能还有：请看“设置”的“数据”。</translation>
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
        <source>Previous place</source>
        <translation>上一处</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>下一处</translation>
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
        <source>{n} cached</source>
        <translation>{n} 缓存</translation>
    </message>
    <message>
        <source>{n} reasoning</source>
        <translation>{n} 思考</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>This call is no longer kept: only the latest are.</source>
        <translation>此调用已不再保留：只保留最近的。</translation>
    </message>
    <message>
        <source>{method} {url} · sent {sent}, received {received}</source>
        <translation>{method} {url} · 发送 {sent}，接收 {received}</translation>
    </message>
    <message>
        <source>The request was too long to be kept whole.</source>
        <translation>请求太长，未能完整保存。</translation>
    </message>
    <message>
        <source>Copied; the key is read from MIMO_API_KEY.</source>
        <translation>已复制；密钥取自 MIMO_API_KEY。</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Every call to the service is listed here as it went over the wire.</source>
        <translation>对服务的每次调用都按实际收发列在这里。</translation>
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
</context>
<context>
    <name>Models</name>
    <message>
        <source>The strongest: thought, code and tools; it sees images.</source>
        <translation>最强：擅长思考、代码和工具；支持图像。</translation>
    </message>
    <message>
        <source>Quick and inexpensive for everyday use; it sees images.</source>
        <translation>日常使用又快又省；支持图像。</translation>
    </message>
    <message>
        <source>The strongest model at high speed, by contract only.</source>
        <translation>高速版最强模型，仅限签约。</translation>
    </message>
    <message>
        <source>The strongest of its generation; text only.</source>
        <translation>同代最强；仅文本。</translation>
    </message>
    <message>
        <source>Takes text, images, sound and film.</source>
        <translation>支持文本、图像、声音和视频。</translation>
    </message>
    <message>
        <source>An earlier generation, no longer offered by the platform.</source>
        <translation>较早一代，平台已不再提供。</translation>
    </message>
    <message>
        <source>Speaks and sings with built-in voices, heard while it works.</source>
        <translation>用内置音色说话和唱歌，边生成边播放。</translation>
    </message>
    <message>
        <source>Makes a voice from a description.</source>
        <translation>根据描述生成音色。</translation>
    </message>
    <message>
        <source>Speaks with the voice of a sample.</source>
        <translation>用样本的音色说话。</translation>
    </message>
    <message>
        <source>The earlier speech model, kept for reading old projects.</source>
        <translation>较早的语音模型，仅用于读取旧项目。</translation>
    </message>
    <message>
        <source>Turns recordings into text, in Chinese and English.</source>
        <translation>把录音转成文字，支持中文和英文。</translation>
    </message>
    <message>
        <source>A speech model that this version does not know yet.</source>
        <translation>此版本尚不认识的语音模型。</translation>
    </message>
    <message>
        <source>A recognition model that this version does not know yet.</source>
        <translation>此版本尚不认识的识别模型。</translation>
    </message>
    <message>
        <source>A chat model that this version does not know yet.</source>
        <translation>此版本尚不认识的对话模型。</translation>
    </message>
</context>
<context>
    <name>Network</name>
    <message>
        <source>The proxy&apos;s password is not a kept secret: it stands in the settings and their exports.</source>
        <translation>代理密码不作保密：它会写入设置及其导出文件。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>How services are reached. Changes hold from the next call on.</source>
        <translation>如何连接服务。更改从下一次调用起生效。</translation>
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
        <source>A PEM file with authorities of your own, trusted beside the system&apos;s. Empty for none.</source>
        <translation>您自己的证书机构的 PEM 文件，与系统证书一并信任。留空表示没有。</translation>
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
        <translation>静默秒数</translation>
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
        <source>No command has these words in its name.</source>
        <translation>没有名称含这些词的命令。</translation>
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
        <source>Stop sequences ({n} of {most}, split by |)</source>
        <translation>停止序列（{n}/{most}，用 | 分隔）</translation>
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
        <source>may be ignored</source>
        <translation>可能被忽略</translation>
    </message>
    <message>
        <source>The service takes {most} at most, left out: {words}</source>
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
        <source>Own words</source>
        <translation>自拟</translation>
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
        <translation>演示服务不收费。</translation>
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
        <source>{model}: {hour} per hour of sound, an estimate.</source>
        <translation>{model}：每小时声音 {hour}，为估算值。</translation>
    </message>
    <message>
        <source>{model}: {miss} in, {hit} cached, {output} out per million tokens, by your own prices.</source>
        <translation>{model}：每百万 token 输入 {miss}、缓存 {hit}、输出 {output}，按您填写的价格。</translation>
    </message>
    <message>
        <source>{model}: {miss} in, {hit} cached, {output} out per million tokens, an estimate by the list.</source>
        <translation>{model}：每百万 token 输入 {miss}、缓存 {hit}、输出 {output}，按标价估算。</translation>
    </message>
    <message>
        <source>Nobody here knows what {model} costs with this service. Type your own prices, or none is counted.</source>
        <translation>{model} 在此服务中的价格未知。请填写您的价格，否则不计费用。</translation>
    </message>
    <message>
        <source>How many credits {model} takes is not known.</source>
        <translation>{model} 消耗多少 Credits 尚不清楚。</translation>
    </message>
    <message>
        <source>{model}: {hour} credits per hour of sound.</source>
        <translation>{model}：每小时声音消耗 {hour} Credits。</translation>
    </message>
    <message>
        <source>{model} takes no credits for now.</source>
        <translation>{model} 目前不消耗 Credits。</translation>
    </message>
    <message>
        <source>{model}: {miss} credits in, {hit} cached, {output} out per token; a fifth less from midnight to 8:00 in Beijing.</source>
        <translation>{model}：每个 token 输入 {miss}、缓存 {hit}、输出 {output} Credits；北京时间 0:00 至 8:00 减少五分之一。</translation>
    </message>
</context>
<context>
    <name>Rail</name>
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
        <source>The key was removed.</source>
        <translation>密钥已移除。</translation>
    </message>
    <message>
        <source>{service} answers from the next call on.</source>
        <translation>从下一次调用起由 {service} 应答。</translation>
    </message>
    <message>
        <source>“{name}” was changed.</source>
        <translation>“{name}”已更改。</translation>
    </message>
    <message>
        <source>“{name}” was changed: its key now goes to {host}.</source>
        <translation>“{name}”已更改：其密钥今后发送到 {host}。</translation>
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
        <source>The demo service needs no key of yours.</source>
        <translation>演示服务不需要你的密钥。</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>not tried yet</source>
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
        <source>Running; press to stop.</source>
        <translation>正在运行；按下即可停止。</translation>
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
        <source>Where chat and speech are answered, and with which key.</source>
        <translation>对话和语音由谁应答，用哪个密钥。</translation>
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
        <source>A key has no spaces and only plain letters and signs.</source>
        <translation>密钥中没有空格，只有普通字母和符号。</translation>
    </message>
    <message>
        <source>This is a pay-as-you-go key (sk-); {host} takes tp- and ttp-.</source>
        <translation>这是按量付费密钥（sk-）；{host} 使用 tp- 和 ttp- 密钥。</translation>
    </message>
    <message>
        <source>This is a Token Plan key (tp-); {host} takes sk- keys.</source>
        <translation>这是 Token Plan 密钥（tp-）；{host} 使用 sk- 密钥。</translation>
    </message>
    <message>
        <source>Take it to {service}</source>
        <translation>转到{service}</translation>
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
        <source>This service can be changed, but is always listed.</source>
        <translation>此服务可以更改，但始终列出。</translation>
    </message>
    <message>
        <source>This service was given at the start, for this run only. Duplicate it to keep it.</source>
        <translation>此服务在启动时指定，仅用于本次运行。复制它即可保留。</translation>
    </message>
    <message>
        <source>Only the demo service is called that. Type another name.</source>
        <translation>只有演示服务可以用这个名称。请输入其他名称。</translation>
    </message>
    <message>
        <source>The name is hidden now. Type the whole of a new one.</source>
        <translation>名称现在被隐藏。请输入完整的新名称。</translation>
    </message>
    <message>
        <source>A service needs a name. Type one.</source>
        <translation>服务需要一个名称。请输入。</translation>
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
        <source>ids, if the service lists none</source>
        <translation>服务不提供列表时填写 id</translation>
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
        <source>Keep it in a file only I can read</source>
        <translation>存入只有我能读取的文件</translation>
    </message>
    <message>
        <source>Send the key there unencrypted</source>
        <translation>以未加密方式发送密钥</translation>
    </message>
    <message>
        <source>By the platform&apos;s terms a Token Plan key is for coding tools only. Scripts and other use that is plainly not coding are prohibited and may get the key banned.</source>
        <translation>按平台条款，Token Plan 密钥只能用于编程工具。禁止用于脚本及其他明显与编程无关的用途，否则密钥可能被封禁。</translation>
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
        <translation>演示服务</translation>
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
        <source>The key comes from MIMO_API_KEY and is not kept.</source>
        <translation>密钥来自 MIMO_API_KEY，不会保存。</translation>
    </message>
    <message>
        <source>No keychain works here: the key is kept for this run only and gone when the program ends.</source>
        <translation>这里没有可用的钥匙串：密钥只在本次运行中保留，程序结束即消失。</translation>
    </message>
    <message>
        <source>The key is in a file that only you can read; it is not encrypted.</source>
        <translation>密钥在只有你能读的文件里，未加密。</translation>
    </message>
    <message>
        <source>No key is saved.</source>
        <translation>没有保存密钥。</translation>
    </message>
    <message>
        <source>This service is asked without a key.</source>
        <translation>访问此服务不需要密钥。</translation>
    </message>
    <message>
        <source>Keys are made at {address}</source>
        <translation>密钥在此页面创建：{address}</translation>
    </message>
    <message>
        <source>No keychain works here: a key is kept for this run only, unless you ask for the file.</source>
        <translation>这里没有可用的钥匙串：除非选择存入文件，密钥只在本次运行期间保留。</translation>
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
        <source>not quite</source>
        <translation>不完全</translation>
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
        <source>first words after {time}</source>
        <translation>{time} 后出现第一个字</translation>
    </message>
    <message>
        <source>first sound after {time}, true streaming</source>
        <translation>{time} 后出声，真正流式</translation>
    </message>
    <message>
        <source>sound after {time}, in one piece</source>
        <translation>{time} 后出声，一次性返回</translation>
    </message>
    <message>
        <source>not offered by this kind of service</source>
        <translation>此类服务不提供</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Below every page</source>
        <translation>位于所有页面下方</translation>
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
        <source>No setting is called that.</source>
        <translation>没有这样的设置。</translation>
    </message>
    <message>
        <source>Presentation mode</source>
        <translation>演示模式</translation>
    </message>
    <message>
        <source>{name} can&apos;t be “{typed}”. There is: {offered}.</source>
        <translation>{name}不能是“{typed}”。可选：{offered}。</translation>
    </message>
</context>
<context>
    <name>Spend</name>
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
        <source>Estimates, counted by this workbench only: the platform tells nobody what an account used.</source>
        <translation>均为估算，且只统计本工作台：平台不提供账户用量。</translation>
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
        <source>{n} calls of this month are in none of these sums: nobody here knows what they cost.</source>
        <translation>本月有 {n} 次调用未计入以上总额：其费用未知。</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>{day}: {amount}</source>
        <translation>{day}：{amount}</translation>
    </message>
    <message>
        <source>By day of this month; most on {day}: {amount}.</source>
        <translation>本月按天统计；{day}最多：{amount}。</translation>
    </message>
    <message>
        <source>{used} credits used since {day}, counted by this workbench only. Type the quota of your plan.</source>
        <translation>自{day}起用了 {used} Credits，只统计本工作台。请填写套餐额度。</translation>
    </message>
    <message>
        <source>{share} % used: {used} of {quota} credits since {day}, counted by this workbench only.</source>
        <translation>已用 {share} %：自{day}起用了 {quota} Credits 中的 {used}，只统计本工作台。</translation>
    </message>
    <message>
        <source>The plan&apos;s {quota} credits are used up, as far as this workbench counted.</source>
        <translation>按本工作台统计，套餐的 {quota} Credits 已用完。</translation>
    </message>
    <message>
        <source>{share} % of the plan&apos;s {quota} credits are used, as far as this workbench counted.</source>
        <translation>按本工作台统计，套餐的 {quota} Credits 已用 {share} %。</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>MiMo Workbench is already open; its window was brought forward.</source>
        <translation>MiMo Workbench 已经打开，已将其窗口调到前面。</translation>
    </message>
    <message>
        <source>This could not be removed: {path}</source>
        <translation>无法删除：{path}</translation>
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
        <source>Cut for repeating itself</source>
        <translation>因重复被截断</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Broke off</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Ended without a reason</source>
        <translation>未说明原因即结束</translation>
    </message>
    <message>
        <source>The answer reached the token limit: raise Max tokens, or ask MiMo to go on.</source>
        <translation>回答达到 token 上限：请提高最大 token 数，或让 MiMo 继续。</translation>
    </message>
    <message>
        <source>The platform&apos;s content filter ended this answer: rephrase without sensitive content.</source>
        <translation>平台的内容过滤终止了回答：请改写，避免敏感内容。</translation>
    </message>
    <message>
        <source>The platform cut the answer because it repeated itself: regenerate, or vary the prompt.</source>
        <translation>平台因内容重复截断了回答：请重新生成或修改提示词。</translation>
    </message>
    <message>
        <source>arriving</source>
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
        <translation>演示服务</translation>
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
        <source>A take could not be finished.</source>
        <translation>有一条录音未能完成。</translation>
    </message>
    <message>
        <source>This take has no sound.</source>
        <translation>这条录音没有声音。</translation>
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
        <source>Saved as {name}, what made it beside it in {name}.json.</source>
        <translation>已保存为 {name}，其设置保存在旁边的 {name}.json。</translation>
    </message>
    <message>
        <source>The voice “{name}” of that take is not in the library now.</source>
        <translation>该录音所用的音色“{name}”已不在音色库中。</translation>
    </message>
    <message>
        <source>The service offers no speech model “{name}” for this voice.</source>
        <translation>服务没有为这个音色提供语音模型“{name}”。</translation>
    </message>
    <message>
        <source>Choose one of: {names}.</source>
        <translation>请从中选择：{names}。</translation>
    </message>
    <message>
        <source>The service does not speak “{name}”.</source>
        <translation>服务不支持输出“{name}”格式。</translation>
    </message>
    <message>
        <source>Choose one of: {names}. A take can be exported as FLAC, MP3 and OGG too.</source>
        <translation>请从中选择：{names}。录音也可以导出为 FLAC、MP3 和 OGG。</translation>
    </message>
    <message>
        <source>Speech in “{name}” is not recognised.</source>
        <translation>无法识别“{name}”语音。</translation>
    </message>
    <message>
        <source>Transcribe file</source>
        <translation>转写文件</translation>
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
        <source>No tag is called “{words}”. Any wording in brackets can be tried.</source>
        <translation>没有叫“{words}”的标签。括号里可以尝试任意说法。</translation>
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
        <translation>角色 · 场景 · 指导</translation>
    </message>
    <message>
        <source>Style direction</source>
        <translation>风格指导</translation>
    </message>
    <message>
        <source>How the line is spoken, in your own words. It is never spoken itself.</source>
        <translation>用自己的话说明这句该怎么说；它本身不会被读出来。</translation>
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
        <source>Every generation becomes a take here, to hear and to compare.</source>
        <translation>每次生成都会成为这里的一条录音，可以试听和比较。</translation>
    </message>
    <message>
        <source>Try an example</source>
        <translation>试试示例</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>朗读中</translation>
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
        <source>Stopped before any sound came.</source>
        <translation>在出声之前已停止。</translation>
    </message>
    <message>
        <source>The service did not answer in time.</source>
        <translation>服务没有及时响应。</translation>
    </message>
    <message>
        <source>The service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>{voice}, take {n}</source>
        <translation>{voice}，take {n}</translation>
    </message>
    <message>
        <source>{n} LUFS</source>
        <translation>{n} LUFS</translation>
    </message>
    <message>
        <source>{t} to sound</source>
        <translation>{t} 出声</translation>
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
        <source>Speak in parts</source>
        <translation>分段朗读</translation>
    </message>
    <message>
        <source>Styles that open the text belong into one pair of brackets.</source>
        <translation>开头的多个风格应写在同一对括号里。</translation>
    </message>
    <message>
        <source>“{words}” is not closed and would be read aloud.</source>
        <translation>“{words}”没有闭合，会被读出来。</translation>
    </message>
    <message>
        <source>“{words}” is not in the lists. It may work all the same: listen to it.</source>
        <translation>“{words}”不在列表中，也许同样有效：听一听便知。</translation>
    </message>
    <message>
        <source>Put them together</source>
        <translation>合并到一起</translation>
    </message>
    <message>
        <source>Close it</source>
        <translation>补上括号</translation>
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
        <source>This model may read tags aloud: describe the voice instead.</source>
        <translation>此模型可能会读出标签：请改为描述音色。</translation>
    </message>
    <message>
        <source>The singing tag must open the text.</source>
        <translation>唱歌标签必须在文本开头。</translation>
    </message>
    <message>
        <source>Only the built-in voices sing.</source>
        <translation>只有内置音色会唱歌。</translation>
    </message>
    <message>
        <source>The &lt;style&gt; form belongs to the earlier model.</source>
        <translation>&lt;style&gt; 写法属于旧模型。</translation>
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
        <source>Two audio tags in one sentence can fight each other.</source>
        <translation>一句话里有两个音频标签可能互相冲突。</translation>
    </message>
    <message>
        <source>Over {most} characters the service may cut the end off. Parts end at sentences, a take each.</source>
        <translation>超过 {most} 个字符时，服务可能会截断结尾。可按句子分段，每段一条录音。</translation>
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
        <source>No session has these words.</source>
        <translation>没有包含这些词的会话。</translation>
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
</context>
<context>
    <name>Tour</name>
    <message>
        <source>Stop the tour</source>
        <translation>停止导览</translation>
    </message>
    <message>
        <source>A question: MiMo thinks, asks for a tool, and answers.</source>
        <translation>一个问题：MiMo 思考、请求工具、然后回答。</translation>
    </message>
    <message>
        <source>A line, spoken by a built-in voice while it is made.</source>
        <translation>一句话，由内置音色边生成边朗读。</translation>
    </message>
    <message>
        <source>A voice made from a description.</source>
        <translation>根据描述生成的音色。</translation>
    </message>
    <message>
        <source>A voice taken from a short sample.</source>
        <translation>从一小段样本取得的音色。</translation>
    </message>
    <message>
        <source>Services, keys and looks are in Settings.</source>
        <translation>服务、密钥和外观都在设置里。</translation>
    </message>
    <message>
        <source>The same in the dark.</source>
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
        <source>Web search is switched off for this account: answered without it. Switch the plugin on at {address}; it takes five minutes.</source>
        <translation>此账号的联网搜索未开启：本次回答未使用搜索。请在 {address} 开启插件，五分钟内生效。</translation>
    </message>
    <message>
        <source>The web search failed: {message}</source>
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
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>文字记录</translation>
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
        <source>designed</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>kept from a take</source>
        <translation>由录音保留</translation>
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
        <source>audible</source>
        <translation>听得见</translation>
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
        <source>{n} dB</source>
        <translation>{n} dB</translation>
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
        <source>stereo</source>
        <translation>立体声</translation>
    </message>
    <message>
        <source>{n} channels</source>
        <translation>{n} 声道</translation>
    </message>
    <message>
        <source>{n} of 10 MB</source>
        <translation>{n} / 10 MB</translation>
    </message>
    <message>
        <source>{value}; good: {wanted}</source>
        <translation>{value}；宜为：{wanted}</translation>
    </message>
    <message>
        <source>10 to 60 s</source>
        <translation>10 到 60 秒</translation>
    </message>
    <message>
        <source>below −50 dB</source>
        <translation>低于 −50 dB</translation>
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
        <source>Drop a recording here, type its path, choose or record one</source>
        <translation>把录音拖到这里，或输入路径、选择、录制</translation>
    </message>
    <message>
        <source>The recording appears here, to be checked, trimmed and mended.</source>
        <translation>录音会显示在这里，可检查、裁剪和修复。</translation>
    </message>
    <message>
        <source>Choose sample</source>
        <translation>选择样本</translation>
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
        <source>Choose or record a sample first.</source>
        <translation>请先选择或录制样本。</translation>
    </message>
    <message>
        <source>“Test text” is empty. Type a line to speak.</source>
        <translation>“测试文本”是空的。请输入要说的一句话。</translation>
    </message>
    <message>
        <source>The sample has only {t} of speech, so the voice may not be like it. 10 to 60 s are better.</source>
        <translation>样本只有 {t} 的语音，克隆的音色可能不像。10 到 60 秒更好。</translation>
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
        <source>Pause</source>
        <translation>暂停</translation>
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
        <source>Candidates appear here, each with another voice. Keep the one that fits.</source>
        <translation>候选音色会出现在这里，每个各不相同。保留合适的那个。</translation>
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
        <source>“{name}” is in the library.</source>
        <translation>“{name}”已在音色库中。</translation>
    </message>
    <message>
        <source>The system dropped some sound while it recorded. Record again if you hear gaps.</source>
        <translation>录音时系统丢失了部分声音。如果听到断续，请重新录制。</translation>
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
        <source>{name}, {t} kept</source>
        <translation>{name}，保留 {t}</translation>
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
        <source>“{voice}” is saved as {name}, with its sample.</source>
        <translation>“{voice}”连同样本已保存为 {name}。</translation>
    </message>
    <message>
        <source>Import voice</source>
        <translation>导入音色</translation>
    </message>
    <message>
        <source>Voices you design or clone are kept here, ready for the studio.</source>
        <translation>设计或克隆的音色都保存在这里，可在工作室中使用。</translation>
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
