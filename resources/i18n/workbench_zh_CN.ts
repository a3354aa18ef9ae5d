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
    <name>Attachments</name>
    <message>
        <source>It answers with {format}, {size}.</source>
        <translation>该网址返回 {format} 文件，大小 {size}。</translation>
    </message>
    <message>
        <source>It answers with {format} of unknown size.</source>
        <translation>该网址返回 {format} 文件，大小未知。</translation>
    </message>
    <message>
        <source>The address does not tell what it is. Choose a kind, or check it.</source>
        <translation>无法从网址判断文件类型。请选择类型，或检查网址。</translation>
    </message>
    <message>
        <source>Attachment address</source>
        <translation>附件网址</translation>
    </message>
    <message>
        <source>https://…</source>
        <translation>https://…</translation>
    </message>
    <message>
        <source>Attachment kind</source>
        <translation>附件类型</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Check address</source>
        <translation>检查网址</translation>
    </message>
    <message>
        <source>Sends one request to this address, without your key.</source>
        <translation>向该网址发送一次请求，不带密钥。</translation>
    </message>
    <message>
        <source>Add address</source>
        <translation>添加网址</translation>
    </message>
    <message>
        <source>Close address</source>
        <translation>关闭网址栏</translation>
    </message>
    <message>
        <source>The service fetches the file itself. This program does not, unless you check the address.</source>
        <translation>文件由服务自行读取。除非你检查网址，本程序不会访问它。</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>不再发送</translation>
    </message>
    <message>
        <source>Pause {name}</source>
        <translation>暂停 {name}</translation>
    </message>
    <message>
        <source>Play {name}</source>
        <translation>播放 {name}</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>打开 {name}</translation>
    </message>
    <message>
        <source>Send {name} again</source>
        <translation>再次发送 {name}</translation>
    </message>
    <message>
        <source>Leave {name} out of later turns</source>
        <translation>后续轮次不再发送 {name}</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
    <message>
        <source>Save attachment</source>
        <translation>保存附件</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>{name} was saved.</source>
        <translation>已保存 {name}。</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>附加文件</translation>
    </message>
    <message>
        <source>Pasted image</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>“{name}” was attached.</source>
        <translation>已附加“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” can&apos;t be read here, so its length and tokens are unknown. It is sent as it is.</source>
        <translation>无法在此读取“{name}”，因此时长和 token 数未知。文件会原样发送。</translation>
    </message>
    <message>
        <source>A file is still being read. Send again when its card is there.</source>
        <translation>还有文件正在读取。等它的卡片出现后再发送。</translation>
    </message>
    <message>
        <source>{model} takes no {kinds}, which earlier messages have; {other} does.</source>
        <translation>前面的消息中有{kinds}，{model} 不支持；{other} 支持。</translation>
    </message>
    <message>
        <source>{model} takes no {kinds}; {other} does.</source>
        <translation>{model} 不支持{kinds}；{other} 支持。</translation>
    </message>
    <message>
        <source>Only images can be sent over the Anthropic protocol. Remove the {kinds}, or choose the OpenAI protocol for this service in Settings.</source>
        <translation>Anthropic 协议只能发送图片。请移除{kinds}，或在设置中为此服务选择 OpenAI 协议。</translation>
    </message>
    <message>
        <source>{model} takes no {kinds}, and no other model of this service does. Remove them.</source>
        <translation>{model} 不支持{kinds}，此服务的其他模型也不支持。请将其移除。</translation>
    </message>
    <message>
        <source>“{name}” was removed.</source>
        <translation>已移除“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” is left out of later turns.</source>
        <translation>后续轮次不再发送“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” is sent again with each turn.</source>
        <translation>每一轮都会再次发送“{name}”。</translation>
    </message>
    <message>
        <source>Use {model}</source>
        <translation>改用 {model}</translation>
    </message>
    <message>
        <source>Reading a file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Reading {n} files…</source>
        <translation>正在读取 {n} 个文件…</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play attachment</source>
        <translation>播放附件</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove attachment</source>
        <translation>移除附件</translation>
    </message>
    <message>
        <source>Remove attachment (Delete)</source>
        <translation>移除附件（Delete）</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>每秒帧数</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>分辨率</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>最高</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Open this file?</source>
        <translation>打开此文件？</translation>
    </message>
    <message>
        <source>It can&apos;t be shown here. Save a copy, or open one with the system&apos;s own program.</source>
        <translation>无法在此显示。可以保存副本，或用系统程序打开副本。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Open with the system</source>
        <translation>用系统程序打开</translation>
    </message>
    <message>
        <source>by address</source>
        <translation>网址</translation>
    </message>
    <message>
        <source>tokens unknown</source>
        <translation>token 数未知</translation>
    </message>
    <message>
        <source>≈ 1 token</source>
        <translation>≈ 1 token</translation>
    </message>
    <message>
        <source>≈ {n} tokens</source>
        <translation>≈ {n} tokens</translation>
    </message>
    <message>
        <source>≈ {n}</source>
        <translation>≈ {n}</translation>
    </message>
    <message>
        <source>≥ {n}</source>
        <translation>≥ {n}</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Sent again each turn: {amount}</source>
        <translation>每轮重新发送：{amount}</translation>
    </message>
    <message>
        <source>images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>videos</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Images, sound and video</source>
        <translation>图片、音频和视频</translation>
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
        <source>Dictation in Chat ends after this much silence.</source>
        <translation>对话中的听写在静音达到这一时长后结束。</translation>
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
        <source>Pause that ends dictation</source>
        <translation>结束听写的停顿</translation>
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
    <name>AuditionPage</name>
    <message>
        <source>All samples play equally loud.</source>
        <translation>所有样音的响度一致。</translation>
    </message>
    <message>
        <source>All samples play equally loud, in random order and without names. Some end with silence.</source>
        <translation>所有样音响度一致、顺序随机、不显示名称。部分样音末尾有静音。</translation>
    </message>
    <message>
        <source>Sample {label}</source>
        <translation>样音 {label}</translation>
    </message>
    <message>
        <source>Line {n}</source>
        <translation>第 {n} 句</translation>
    </message>
    <message>
        <source>Switch samples at the same spot</source>
        <translation>切换样音时保持在同一位置</translation>
    </message>
    <message>
        <source>Which one do you prefer?</source>
        <translation>你更喜欢哪一个？</translation>
    </message>
    <message>
        <source>No preference</source>
        <translation>没有偏好</translation>
    </message>
    <message>
        <source>Your vote</source>
        <translation>你的投票</translation>
    </message>
    <message>
        <source>Choose above, then send this code to whoever gave you the page. Nothing is sent by itself.</source>
        <translation>在上面选择，然后把这段代码发给给你此页面的人。页面不会自动发送任何内容。</translation>
    </message>
    <message>
        <source>Your name (optional)</source>
        <translation>你的名字（可选）</translation>
    </message>
    <message>
        <source>Vote code</source>
        <translation>投票代码</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>The code was copied.</source>
        <translation>代码已复制。</translation>
    </message>
    <message>
        <source>The code is selected: copy it with Ctrl+C.</source>
        <translation>代码已选中：请按 Ctrl+C 复制。</translation>
    </message>
    <message>
        <source>Voting needs JavaScript. Listening does not.</source>
        <translation>投票需要启用 JavaScript，试听不需要。</translation>
    </message>
</context>
<context>
    <name>Bench</name>
    <message>
        <source>Bench</source>
        <translation>实验台</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>用例</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>This prompt was deleted. Its text is still shown with the answer.</source>
        <translation>此提示词已删除。其文本仍与回答一起显示。</translation>
    </message>
</context>
<context>
    <name>Beside</name>
    <message>
        <source>Answer {n} of {all}</source>
        <translation>第 {n} 个回答，共 {all} 个</translation>
    </message>
    <message>
        <source>Column {n}</source>
        <translation>第 {n} 列</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Remove column</source>
        <translation>移除此列</translation>
    </message>
    <message>
        <source>Previous answer</source>
        <translation>上一个回答</translation>
    </message>
    <message>
        <source>Next answer</source>
        <translation>下一个回答</translation>
    </message>
    <message>
        <source>Keep this answer</source>
        <translation>保留此回答</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Ask this column again</source>
        <translation>再问这一列</translation>
    </message>
    <message>
        <source>Stop column</source>
        <translation>停止此列</translation>
    </message>
    <message>
        <source>The answer appears here.</source>
        <translation>回答会显示在这里。</translation>
    </message>
    <message>
        <source>Stopped. What arrived is kept.</source>
        <translation>已停止。收到的内容已保留。</translation>
    </message>
    <message>
        <source>Thinking on</source>
        <translation>思考开</translation>
    </message>
    <message>
        <source>Thinking off</source>
        <translation>思考关</translation>
    </message>
    <message>
        <source>Temp.</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>No system prompt</source>
        <translation>无系统提示词</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation>最大 token 数</translation>
    </message>
    <message>
        <source>Think first</source>
        <translation>先思考</translation>
    </message>
    <message>
        <source>Whether the model thinks before it answers</source>
        <translation>模型回答前是否思考</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Show system prompt</source>
        <translation>显示系统提示词</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Tools that the model may call</source>
        <translation>模型可以调用的工具</translation>
    </message>
    <message>
        <source>From column {before} to column {after}</source>
        <translation>从第 {before} 列到第 {after} 列</translation>
    </message>
    <message>
        <source>The answers of two columns are compared here.</source>
        <translation>两列都有回答后，在这里比较。</translation>
    </message>
    <message>
        <source>fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>so far</source>
        <translation>截至目前</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>首个 token</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Usage: {figures}</source>
        <translation>用量：{figures}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Run beside</source>
        <translation>并排运行</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Message for all columns…</source>
        <translation>发给所有列的消息…</translation>
    </message>
    <message>
        <source>Each column runs</source>
        <translation>每列运行</translation>
    </message>
    <message>
        <source>Runs of each column</source>
        <translation>每列运行次数</translation>
    </message>
    <message>
        <source>limit {currency}</source>
        <translation>上限 {currency}</translation>
    </message>
    <message>
        <source>Limit of a run</source>
        <translation>单次运行上限</translation>
    </message>
    <message>
        <source>Limit of a run in {currency}</source>
        <translation>单次运行上限（{currency}）</translation>
    </message>
    <message>
        <source>The most that one run may cost in {currency}, all its columns that are billed in it together, with what it has cost already. Nothing is converted.</source>
        <translation>单次运行中以 {currency} 计费的各列合计的费用上限，已产生的费用计算在内。不同货币之间不换算。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>One answer from these</source>
        <translation>综合成一个回答</translation>
    </message>
    <message>
        <source>Model for one answer</source>
        <translation>综合回答的模型</translation>
    </message>
    <message>
        <source>There can be at most {n} columns.</source>
        <translation>最多 {n} 列。</translation>
    </message>
    <message>
        <source>underlined words are not in column {n}</source>
        <translation>加下划线的词不在第 {n} 列中</translation>
    </message>
    <message>
        <source>from column {n}</source>
        <translation>相对第 {n} 列</translation>
    </message>
    <message>
        <source>Add column</source>
        <translation>添加一列</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Base column</source>
        <translation>基准列</translation>
    </message>
    <message>
        <source>Scroll together</source>
        <translation>同步滚动</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Begin without a conversation</source>
        <translation>不用现有对话，从头开始</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>The open conversation is empty. Type a message here to begin.</source>
        <translation>打开的对话是空的。请在此输入消息开始。</translation>
    </message>
    <message>
        <source>“{name}” is in column {n}.</source>
        <translation>“{name}”已用于第 {n} 列。</translation>
    </message>
    <message>
        <source>“{name}” is the message for all columns.</source>
        <translation>“{name}”已作为发给所有列的消息。</translation>
    </message>
    <message>
        <source>Column {n} removed. Its answers stay as branches.</source>
        <translation>已移除第 {n} 列。它的回答仍作为分支保留。</translation>
    </message>
    <message>
        <source>A reply is being written in this conversation. Keep the answer when it has ended.</source>
        <translation>此对话正在生成回复。请等它结束后再保留回答。</translation>
    </message>
    <message>
        <source>This answer continues the conversation. The others are its versions.</source>
        <translation>对话将从此回答继续。其他回答是它的版本。</translation>
    </message>
    <message>
        <source>At least two finished answers are needed to write one from them.</source>
        <translation>至少要有两个完成的回答才能综合。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>There is no model “{name}” here. Choose one from the list.</source>
        <translation>这里没有模型“{name}”。请从列表中选择。</translation>
    </message>
    <message>
        <source>The service in use</source>
        <translation>当前服务</translation>
    </message>
    <message>
        <source>time</source>
        <translation>次</translation>
    </message>
    <message>
        <source>times</source>
        <translation>次</translation>
    </message>
    <message>
        <source>Run {n}, {time}</source>
        <translation>运行 {n}，{time}</translation>
    </message>
    <message>
        <source>1 earlier turn</source>
        <translation>之前 1 轮</translation>
    </message>
    <message>
        <source>{n} earlier turns</source>
        <translation>之前 {n} 轮</translation>
    </message>
    <message>
        <source>no earlier turns</source>
        <translation>没有之前的轮次</translation>
    </message>
    <message>
        <source>with 1 attachment</source>
        <translation>附 1 个附件</translation>
    </message>
    <message>
        <source>with {n} attachments</source>
        <translation>附 {n} 个附件</translation>
    </message>
    <message>
        <source>Type a message below. It goes to every column, each with its own settings.</source>
        <translation>在下方输入消息。它会发给每一列，各列用自己的设置。</translation>
    </message>
    <message>
        <source>Same for all</source>
        <translation>各列相同</translation>
    </message>
    <message>
        <source>Edit turns</source>
        <translation>编辑轮次</translation>
    </message>
    <message>
        <source>No earlier turn makes the call {id}. Services refuse that: add an assistant turn with this call ID.</source>
        <translation>前面没有任何一轮发起调用 {id}，服务会拒绝。请添加一个带此调用 ID 的助手轮次。</translation>
    </message>
    <message>
        <source>Add user turn</source>
        <translation>添加用户轮次</translation>
    </message>
    <message>
        <source>Add assistant turn</source>
        <translation>添加助手轮次</translation>
    </message>
    <message>
        <source>Add system turn</source>
        <translation>添加系统轮次</translation>
    </message>
    <message>
        <source>Add tool turn</source>
        <translation>添加工具轮次</translation>
    </message>
    <message>
        <source>Undo edit</source>
        <translation>撤销编辑</translation>
    </message>
    <message>
        <source>Redo edit</source>
        <translation>重做编辑</translation>
    </message>
    <message>
        <source>As in the conversation</source>
        <translation>恢复为对话原样</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Developer</source>
        <translation>开发者</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>With {n} attachments, which stay as they are.</source>
        <translation>带 {n} 个附件，保持不变。</translation>
    </message>
    <message>
        <source>As the last turn, without a message below, every answer goes on from these words.</source>
        <translation>如果这是最后一轮且下方没有消息，每个回答都会接着这段文字继续。</translation>
    </message>
    <message>
        <source>Turn {n}</source>
        <translation>第 {n} 轮</translation>
    </message>
    <message>
        <source>Role {n}</source>
        <translation>角色 {n}</translation>
    </message>
    <message>
        <source>Turn text {n}</source>
        <translation>轮次文本 {n}</translation>
    </message>
    <message>
        <source>Participant {n}</source>
        <translation>参与者 {n}</translation>
    </message>
    <message>
        <source>Call id {n}</source>
        <translation>调用 ID {n}</translation>
    </message>
    <message>
        <source>Function {n}</source>
        <translation>函数 {n}</translation>
    </message>
    <message>
        <source>Call arguments {n}</source>
        <translation>调用参数 {n}</translation>
    </message>
    <message>
        <source>Move turn {n} up</source>
        <translation>上移第 {n} 轮</translation>
    </message>
    <message>
        <source>Move turn {n} down</source>
        <translation>下移第 {n} 轮</translation>
    </message>
    <message>
        <source>Remove turn {n}</source>
        <translation>移除第 {n} 轮</translation>
    </message>
    <message>
        <source>Participant</source>
        <translation>参与者</translation>
    </message>
    <message>
        <source>Call id</source>
        <translation>调用 ID</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Arguments as JSON</source>
        <translation>JSON 参数</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Type a message first: every column answers it.</source>
        <translation>请先输入消息，每一列都会回答它。</translation>
    </message>
    <message>
        <source>No value yet for {names}. Type one, or send it as it is.</source>
        <translation>{names} 还没有值。请输入，或按原样发送。</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>思考中</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>生成中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
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
        <source>not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>The program closed before this answer was finished. What arrived is saved. The rest is lost and may have been billed. Retry to ask again.</source>
        <translation>生成此回答时程序结束了。收到的内容已保留，其余已丢失，可能已计费。点“重试”再问一次。</translation>
    </message>
    <message>
        <source>This was not sent. Retry to send it.</source>
        <translation>此请求没有发送。点“重试”发送。</translation>
    </message>
    <message>
        <source>cost unknown</source>
        <translation>费用未知</translation>
    </message>
    <message>
        <source>{cost} + {n} of unknown price</source>
        <translation>{cost} + {n} 个价格未知</translation>
    </message>
    <message>
        <source>The limit does not count column {n}: its price is unknown. Enter it in Settings, Services.</source>
        <translation>上限不包含第 {n} 列：其价格未知。可在“设置 › 服务”中填写价格。</translation>
    </message>
    <message>
        <source>The limit does not count columns {list}: their prices are unknown. Enter them in Settings, Services.</source>
        <translation>上限不包含第 {list} 列：其价格未知。可在“设置 › 服务”中填写价格。</translation>
    </message>
    <message>
        <source>{n} of {all} finished</source>
        <translation>已完成 {n}/{all}</translation>
    </message>
    <message>
        <source>{n} tok/s</source>
        <translation>{n} tok/s</translation>
    </message>
    <message>
        <source>{model} in column {n} takes no {kinds}; {other} does.</source>
        <translation>第 {n} 列的 {model} 不支持{kinds}；{other} 支持。</translation>
    </message>
    <message>
        <source>{model} in column {n} takes no {kinds}, and no other model of its service does. Remove them, or choose another service.</source>
        <translation>第 {n} 列的 {model} 不支持{kinds}，其服务的其他模型也不支持。请移除它们，或选择其他服务。</translation>
    </message>
    <message>
        <source>The models in columns {list} take no {kinds}; {other} does.</source>
        <translation>第 {list} 列的模型不支持{kinds}；{other} 支持。</translation>
    </message>
    <message>
        <source>The models in columns {list} take no {kinds}, and no other models of their services do. Remove them, or choose other services.</source>
        <translation>第 {list} 列的模型不支持{kinds}，其服务的其他模型也不支持。请移除它们，或选择其他服务。</translation>
    </message>
</context>
<context>
    <name>Branches</name>
    <message>
        <source>Branches of this conversation</source>
        <translation>本对话的分支</translation>
    </message>
    <message>
        <source>Branches</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Choose a branch to show it. Each dot is the end of one.</source>
        <translation>选择一个分支即可查看。每个圆点是一个分支的末端。</translation>
    </message>
    <message>
        <source>1 message</source>
        <translation>1 条消息</translation>
    </message>
    <message>
        <source>{n} messages</source>
        <translation>{n} 条消息</translation>
    </message>
    <message>
        <source>No text</source>
        <translation>无文字</translation>
    </message>
</context>
<context>
    <name>Cases</name>
    <message>
        <source>Run this case</source>
        <translation>运行此用例</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Edit as v{n}</source>
        <translation>改为 v{n}</translation>
    </message>
    <message>
        <source>Edit as new version</source>
        <translation>改为新版本</translation>
    </message>
    <message>
        <source>The prompt is not in the library any more.</source>
        <translation>提示词库中已没有这个提示词。</translation>
    </message>
    <message>
        <source>Case above</source>
        <translation>上一个用例</translation>
    </message>
    <message>
        <source>Case below</source>
        <translation>下一个用例</translation>
    </message>
    <message>
        <source>Close panel</source>
        <translation>关闭面板</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Case answer</source>
        <translation>用例回答</translation>
    </message>
    <message>
        <source>Case difference</source>
        <translation>用例差异</translation>
    </message>
    <message>
        <source>Earlier answers</source>
        <translation>先前的回答</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Inspect call</source>
        <translation>查看调用</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查项</translation>
    </message>
    <message>
        <source>Ask the judge again</source>
        <translation>再次评判</translation>
    </message>
    <message>
        <source>Your grade</source>
        <translation>你的评分</translation>
    </message>
    <message>
        <source>Pass</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Fail</source>
        <translation>不通过</translation>
    </message>
    <message>
        <source>after case {n} of {set}</source>
        <translation>依据“{set}”的用例 {n}</translation>
    </message>
    <message>
        <source>Case {n}, {version}</source>
        <translation>用例 {n}，{version}</translation>
    </message>
    <message>
        <source>Against {version}</source>
        <translation>与 {version} 对比</translation>
    </message>
    <message>
        <source>Earlier: {time}, {model}</source>
        <translation>先前：{time}，{model}</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>fails</source>
        <translation>不通过</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>未评判</translation>
    </message>
    <message>
        <source>The answer was lost on its way and may have been billed. Retry to ask again.</source>
        <translation>回答在途中丢失，可能已计费。“重试”会再问一次。</translation>
    </message>
    <message>
        <source>Stopped while it was being written; what had arrived is kept. Retry asks once more.</source>
        <translation>在生成时被停止，已收到的部分已保留。“重试”会再请求一次。</translation>
    </message>
    <message>
        <source>There is nothing to send: a variable of the prompt has no column, or the message is empty.</source>
        <translation>没有可发送的内容：提示词的某个变量没有对应的列，或消息为空。</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查项</translation>
    </message>
    <message>
        <source>Kind of check</source>
        <translation>检查类型</translation>
    </message>
    <message>
        <source>Check value</source>
        <translation>检查值</translation>
    </message>
    <message>
        <source>Remove check</source>
        <translation>移除检查项</translation>
    </message>
    <message>
        <source>The case was removed.</source>
        <translation>用例已移除。</translation>
    </message>
    <message>
        <source>{n} cases were removed.</source>
        <translation>已移除 {n} 个用例。</translation>
    </message>
    <message>
        <source>The variable {name} was removed.</source>
        <translation>变量 {name} 已移除。</translation>
    </message>
    <message>
        <source>{version} is in the table already.</source>
        <translation>表格中已有 {version}。</translation>
    </message>
    <message>
        <source>The version was removed from the table. It stays in the library.</source>
        <translation>该版本已从表格中移除，仍保留在提示词库中。</translation>
    </message>
    <message>
        <source>The check was removed.</source>
        <translation>检查项已移除。</translation>
    </message>
    <message>
        <source>A set has at most {n} cases. The rest was left out.</source>
        <translation>一个用例集最多 {n} 个用例，其余未加入。</translation>
    </message>
    <message>
        <source>A set has at most {n} of these columns.</source>
        <translation>一个用例集最多有 {n} 个这样的列。</translation>
    </message>
    <message>
        <source>A set has at most {n} checks.</source>
        <translation>一个用例集最多有 {n} 个检查项。</translation>
    </message>
    <message>
        <source>A value has at most {n} characters. The rest was left out.</source>
        <translation>一个值最多 {n} 个字符，其余已略去。</translation>
    </message>
    <message>
        <source>{model}, judged by {judge}</source>
        <translation>{model}，由 {judge} 评判</translation>
    </message>
    <message>
        <source>Import cases</source>
        <translation>导入用例</translation>
    </message>
    <message>
        <source>Cases (*.csv *.tsv *.txt *.jsonl *.ndjson *.json)</source>
        <translation>用例 (*.csv *.tsv *.txt *.jsonl *.ndjson *.json)</translation>
    </message>
    <message>
        <source>The set {name} was imported with its answers.</source>
        <translation>用例集“{name}”及其回答已导入。</translation>
    </message>
    <message>
        <source>Table for a spreadsheet (*.csv)</source>
        <translation>电子表格 (*.csv)</translation>
    </message>
    <message>
        <source>Everything, to run it again (*.json)</source>
        <translation>全部内容，可再次运行 (*.json)</translation>
    </message>
    <message>
        <source>Export results</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>The results were exported.</source>
        <translation>结果已导出。</translation>
    </message>
    <message>
        <source>1 case was imported.</source>
        <translation>已导入 1 个用例。</translation>
    </message>
    <message>
        <source>{n} cases were imported.</source>
        <translation>已导入 {n} 个用例。</translation>
    </message>
    <message>
        <source>1 row is broken. It is marked, and runs once you correct it.</source>
        <translation>1 行有问题：已标出，修正后才会运行。</translation>
    </message>
    <message>
        <source>{n} rows are broken. They are marked, and run once you correct them.</source>
        <translation>{n} 行有问题：已标出，修正后才会运行。</translation>
    </message>
    <message>
        <source>{n} more were left out.</source>
        <translation>另有 {n} 个未加入。</translation>
    </message>
    <message>
        <source>{n} of {m} pass</source>
        <translation>{m} 个中 {n} 个通过</translation>
    </message>
    <message>
        <source>{n} run</source>
        <translation>已运行 {n} 个</translation>
    </message>
    <message>
        <source>not run</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>Add prompt version</source>
        <translation>添加提示词版本</translation>
    </message>
    <message>
        <source>Case table</source>
        <translation>用例表</translation>
    </message>
    <message>
        <source>Try prompts on many inputs: each row is a case, each column a version of a prompt, and every answer is checked.</source>
        <translation>用许多输入试验提示词：每行是一个用例，每列是提示词的一个版本，每个回答都会检查。</translation>
    </message>
    <message>
        <source>Add first case</source>
        <translation>添加第一个用例</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>用例</translation>
    </message>
    <message>
        <source>Run settings</source>
        <translation>运行设置</translation>
    </message>
    <message>
        <source>Ask once more</source>
        <translation>再问一次</translation>
    </message>
    <message>
        <source>Run cases</source>
        <translation>运行用例</translation>
    </message>
    <message>
        <source>Stop cases</source>
        <translation>停止用例</translation>
    </message>
    <message>
        <source>Progress: nothing to run</source>
        <translation>进度：没有可运行的内容</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>{cost} of</source>
        <translation>{cost} /</translation>
    </message>
    <message>
        <source>Case set</source>
        <translation>用例集</translation>
    </message>
    <message>
        <source>More about this set</source>
        <translation>用例集的更多操作</translation>
    </message>
    <message>
        <source>Cases run</source>
        <translation>已运行的用例</translation>
    </message>
    <message>
        <source>Spend limit</source>
        <translation>费用上限</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>The most that a run may cost; 0 is no limit.</source>
        <translation>一次运行的最高费用；0 表示不限。</translation>
    </message>
    <message>
        <source>set by the service while thinking</source>
        <translation>思考时由服务决定</translation>
    </message>
    <message>
        <source>Runs are made with the service in use: {name}.</source>
        <translation>使用当前服务运行：{name}。</translation>
    </message>
    <message>
        <source>Set and run</source>
        <translation>用例集与运行</translation>
    </message>
    <message>
        <source>Set name</source>
        <translation>用例集名称</translation>
    </message>
    <message>
        <source>Model of the run</source>
        <translation>运行所用模型</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Judging model</source>
        <translation>评判模型</translation>
    </message>
    <message>
        <source>Think first in this run</source>
        <translation>本次运行先思考</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Temperature of the run</source>
        <translation>运行的温度</translation>
    </message>
    <message>
        <source>Max tokens of the run</source>
        <translation>运行的最大 Token 数</translation>
    </message>
    <message>
        <source>New set</source>
        <translation>新建用例集</translation>
    </message>
    <message>
        <source>Rename set</source>
        <translation>重命名用例集</translation>
    </message>
    <message>
        <source>Duplicate set</source>
        <translation>复制用例集</translation>
    </message>
    <message>
        <source>Delete set</source>
        <translation>删除用例集</translation>
    </message>
    <message>
        <source>Undo edit</source>
        <translation>撤销编辑</translation>
    </message>
    <message>
        <source>Redo edit</source>
        <translation>重做编辑</translation>
    </message>
    <message>
        <source>Run all again</source>
        <translation>全部重新运行</translation>
    </message>
    <message>
        <source>The set {name} was deleted.</source>
        <translation>用例集“{name}”已删除。</translation>
    </message>
    <message>
        <source>{n} cases, {m} versions</source>
        <translation>{n} 个用例，{m} 个版本</translation>
    </message>
    <message>
        <source>Check: {name}</source>
        <translation>检查项：{name}</translation>
    </message>
    <message>
        <source>Run settings: {models}</source>
        <translation>运行设置：{models}</translation>
    </message>
    <message>
        <source>All {n}</source>
        <translation>全部 {n}</translation>
    </message>
    <message>
        <source>Failed {n}</source>
        <translation>未通过 {n}</translation>
    </message>
    <message>
        <source>{a} and {b} disagree {n}</source>
        <translation>{a} 与 {b} 不一致 {n}</translation>
    </message>
    <message>
        <source>Not run {n}</source>
        <translation>未运行 {n}</translation>
    </message>
    <message>
        <source>Add check</source>
        <translation>添加检查项</translation>
    </message>
    <message>
        <source>Add case</source>
        <translation>添加用例</translation>
    </message>
    <message>
        <source>Remove case</source>
        <translation>移除用例</translation>
    </message>
    <message>
        <source>Add variable</source>
        <translation>添加变量</translation>
    </message>
    <message>
        <source>Case {n}</source>
        <translation>用例 {n}</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Use as it is</source>
        <translation>按原样使用</translation>
    </message>
    <message>
        <source>Variable name</source>
        <translation>变量名</translation>
    </message>
    <message>
        <source>Case value</source>
        <translation>用例值</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Remove variable</source>
        <translation>移除变量</translation>
    </message>
    <message>
        <source>Prompt version</source>
        <translation>提示词版本</translation>
    </message>
    <message>
        <source>v{n}</source>
        <translation>v{n}</translation>
    </message>
    <message>
        <source>Prompt to add</source>
        <translation>要添加的提示词</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Version to add</source>
        <translation>要添加的版本</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Text of the version</source>
        <translation>版本文本</translation>
    </message>
    <message>
        <source>{{name}} stands for a value of the case. Without a variable it is a system prompt, and the user says {{message}}. It is saved in the library.</source>
        <translation>{{name}} 代表用例的值。没有变量时，它是系统提示词，用户消息为 {{message}}。它会保存到提示词库。</translation>
    </message>
    <message>
        <source>Add this version</source>
        <translation>添加此版本</translation>
    </message>
    <message>
        <source>New prompt</source>
        <translation>新建提示词</translation>
    </message>
    <message>
        <source>Save and add</source>
        <translation>保存并添加</translation>
    </message>
    <message>
        <source>Remove version</source>
        <translation>移除版本</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>matches</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>equals</source>
        <translation>等于</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>schema</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>shorter</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>judge</source>
        <translation>评判</translation>
    </message>
    <message>
        <source>your grade</source>
        <translation>你的评分</translation>
    </message>
    <message>
        <source>Contains a text</source>
        <translation>包含文本</translation>
    </message>
    <message>
        <source>Matches a pattern</source>
        <translation>匹配模式</translation>
    </message>
    <message>
        <source>Equals a text</source>
        <translation>等于文本</translation>
    </message>
    <message>
        <source>Is valid JSON</source>
        <translation>是有效的 JSON</translation>
    </message>
    <message>
        <source>Fits a JSON Schema</source>
        <translation>符合 JSON Schema</translation>
    </message>
    <message>
        <source>Is shorter than</source>
        <translation>短于</translation>
    </message>
    <message>
        <source>A model judges</source>
        <translation>由模型评判</translation>
    </message>
    <message>
        <source>The text that has to be in the answer. {{name}} stands for a value of the case.</source>
        <translation>回答中必须出现的文本。{{name}} 代表用例的值。</translation>
    </message>
    <message>
        <source>A regular expression that is found in the answer.</source>
        <translation>能在回答中找到的正则表达式。</translation>
    </message>
    <message>
        <source>The whole answer, except for spaces around it.</source>
        <translation>完整的回答，首尾空白除外。</translation>
    </message>
    <message>
        <source>The JSON Schema that the answer fits.</source>
        <translation>回答应符合的 JSON Schema。</translation>
    </message>
    <message>
        <source>The number of characters that the answer stays below.</source>
        <translation>回答的字符数应少于此数。</translation>
    </message>
    <message>
        <source>A question about the answer, such as: Is every item of {{message}} in the order?</source>
        <translation>关于回答的问题，例如：{{message}} 中的每一项都在订单里吗？</translation>
    </message>
    <message>
        <source>{name} v{n}</source>
        <translation>{name} v{n}</translation>
    </message>
    <message>
        <source>row to correct</source>
        <translation>待修正的行</translation>
    </message>
    <message>
        <source>nothing to send</source>
        <translation>无可发送</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>生成中</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已回答</translation>
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
        <source>answer lost</source>
        <translation>回答丢失</translation>
    </message>
    <message>
        <source>The number of cells in line {line} is {n}, not {m}.</source>
        <translation>第 {line} 行有 {n} 个单元格，应为 {m} 个。</translation>
    </message>
    <message>
        <source>Line {line} has a quotation mark that is never closed.</source>
        <translation>第 {line} 行的引号没有闭合。</translation>
    </message>
    <message>
        <source>Line {line} is not valid JSON.</source>
        <translation>第 {line} 行不是有效的 JSON。</translation>
    </message>
    <message>
        <source>Line {line} is not a JSON object.</source>
        <translation>第 {line} 行不是 JSON 对象。</translation>
    </message>
    <message>
        <source>Line {line} has a value of {n} characters; {m} are kept.</source>
        <translation>第 {line} 行有一个 {n} 个字符的值，只保留 {m} 个。</translation>
    </message>
    <message>
        <source>“{value}” is in the answer.</source>
        <translation>回答中有“{value}”。</translation>
    </message>
    <message>
        <source>The answer is the expected text.</source>
        <translation>回答与预期文本一致。</translation>
    </message>
    <message>
        <source>The pattern is found.</source>
        <translation>找到了该模式。</translation>
    </message>
    <message>
        <source>The answer is valid JSON.</source>
        <translation>回答是有效的 JSON。</translation>
    </message>
    <message>
        <source>The answer fits the schema.</source>
        <translation>回答符合结构。</translation>
    </message>
    <message>
        <source>{length} characters, below {value}.</source>
        <translation>{length} 个字符，少于 {value}。</translation>
    </message>
    <message>
        <source>“{value}” is not in the answer.</source>
        <translation>回答中没有“{value}”。</translation>
    </message>
    <message>
        <source>The answer is not “{value}”.</source>
        <translation>回答与“{value}”不一致。</translation>
    </message>
    <message>
        <source>The pattern “{value}” is not found.</source>
        <translation>没有找到模式“{value}”。</translation>
    </message>
    <message>
        <source>No valid JSON from line {line}, column {column} on.</source>
        <translation>从第 {line} 行第 {column} 列起不是有效的 JSON。</translation>
    </message>
    <message>
        <source>The JSON is in a code fence.</source>
        <translation>JSON 放在了代码块里。</translation>
    </message>
    <message>
        <source>The schema is not met: {message}</source>
        <translation>不符合结构：{message}</translation>
    </message>
    <message>
        <source>{length} characters, not below {value}.</source>
        <translation>{length} 个字符，不少于 {value}。</translation>
    </message>
    <message>
        <source>The check has no value for this case.</source>
        <translation>此检查项对这个用例没有值。</translation>
    </message>
    <message>
        <source>“{value}” is not a regular expression: {message}</source>
        <translation>“{value}”不是正则表达式：{message}</translation>
    </message>
    <message>
        <source>Not checked: to search for this pattern takes too long. Simplify it.</source>
        <translation>未检查：搜索这个模式太久，请简化它。</translation>
    </message>
    <message>
        <source>The schema can&apos;t be used: {message}</source>
        <translation>这个结构无法使用：{message}</translation>
    </message>
    <message>
        <source>“{value}” is not a number of characters. Enter a whole number.</source>
        <translation>“{value}”不是字符数。请输入整数。</translation>
    </message>
    <message>
        <source>The judge was not asked yet.</source>
        <translation>尚未评判。</translation>
    </message>
    <message>
        <source>The judge gave no verdict. It said: {said}</source>
        <translation>评判模型没有给出结论，它说：{said}</translation>
    </message>
    <message>
        <source>The judge&apos;s answer was lost. It may have been billed.</source>
        <translation>评判的回答丢失，可能已计费。</translation>
    </message>
    <message>
        <source>The judge could not be asked ({error}).</source>
        <translation>无法评判（{error}）。</translation>
    </message>
    <message>
        <source>{title}, case {n}: {state}</source>
        <translation>{title}，用例 {n}：{state}</translation>
    </message>
    <message>
        <source>{name}, case {n}: {value}</source>
        <translation>{name}，用例 {n}：{value}</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>first token {t}</source>
        <translation>首个 Token {t}</translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation>{n} 个 token</translation>
    </message>
    <message>
        <source>Progress: {n} of {total} run</source>
        <translation>进度：已运行 {n} / {total}</translation>
    </message>
    <message>
        <source>≈ {t} left</source>
        <translation>约剩 {t}</translation>
    </message>
    <message>
        <source>1 request</source>
        <translation>1 个请求</translation>
    </message>
    <message>
        <source>{n} requests</source>
        <translation>{n} 个请求</translation>
    </message>
    <message>
        <source>≈ {t}</source>
        <translation>≈ {t}</translation>
    </message>
    <message>
        <source>One answer was stopped; what had arrived is kept. Run cases asks for it once more.</source>
        <translation>有一个回答被停止，已收到的部分已保留。“运行用例”会重新请求它。</translation>
    </message>
    <message>
        <source>{n} answers were stopped; what had arrived is kept. Run cases asks for them once more.</source>
        <translation>有 {n} 个回答被停止，已收到的部分已保留。“运行用例”会重新请求它们。</translation>
    </message>
    <message>
        <source>One answer was lost. It may have been billed, so it is not asked for again by itself.</source>
        <translation>有一个回答丢失，可能已计费，因此不会自动再问。</translation>
    </message>
    <message>
        <source>{n} answers were lost. They may have been billed, so they are not asked for again by themselves.</source>
        <translation>有 {n} 个回答丢失，可能已计费，因此不会自动再问。</translation>
    </message>
    <message>
        <source>1 cell is in a broken row. Correct that row first.</source>
        <translation>1 个单元格所在的行有问题。请先修正该行。</translation>
    </message>
    <message>
        <source>{n} cells are in broken rows. Correct those rows first.</source>
        <translation>{n} 个单元格所在的行没有完整读入：请先修正。</translation>
    </message>
    <message>
        <source>1 cell has nothing to send.</source>
        <translation>1 个单元格没有可发送的内容。</translation>
    </message>
    <message>
        <source>{n} cells have nothing to send.</source>
        <translation>{n} 个单元格没有可发送的内容。</translation>
    </message>
    <message>
        <source>Paused before the spend limit of {limit} would be passed. Raise it, then run the cases again.</source>
        <translation>在超过费用上限 {limit} 之前已暂停。请提高上限，然后再次运行。</translation>
    </message>
    <message>
        <source>The run is paused; {n} requests wait. Run cases goes on with it.</source>
        <translation>运行已暂停，{n} 个请求在等待。“运行用例”会继续。</translation>
    </message>
    <message>
        <source>{a} and {b} agree in all {n} cases.</source>
        <translation>{a} 与 {b} 在全部 {n} 个用例中一致。</translation>
    </message>
    <message>
        <source>{a} passes where {b} fails in {n} cases, and the other way round in {m}.</source>
        <translation>{a} 通过而 {b} 不通过的用例有 {n} 个，相反的有 {m} 个。</translation>
    </message>
    <message>
        <source>Chance alone does that {p} % of the time: a real difference.</source>
        <translation>仅凭偶然出现的概率为 {p}%：差异是真实的。</translation>
    </message>
    <message>
        <source>Chance alone does that {p} % of the time: no proof yet.</source>
        <translation>仅凭偶然出现的概率为 {p}%：还不能证明。</translation>
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
        <source>This request is written for another protocol than that of the chosen service. Choose the service it was sent to, then send again.</source>
        <translation>此请求使用的协议与当前服务不同。请先选择当初发送到的服务，再重新发送。</translation>
    </message>
    <message>
        <source>Markdown (*.md);;Web page (*.html);;JSON with all branches (*.json)</source>
        <translation>Markdown (*.md);;网页 (*.html);;包含所有分支的 JSON (*.json)</translation>
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
        <source>Branches</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Compare side by side</source>
        <translation>并排比较</translation>
    </message>
    <message>
        <source>Show conversations</source>
        <translation>显示对话列表</translation>
    </message>
    <message>
        <source>Panel width</source>
        <translation>面板宽度</translation>
    </message>
    <message>
        <source>Close panel</source>
        <translation>关闭面板</translation>
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
        <source>What arrived is saved. Continue it, or retry to ask again.</source>
        <translation>已收到的内容已保存。可以继续这条回答，或重试以重新提问。</translation>
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
    <message>
        <source>This message has no words to speak: it is only code or formulas. Choose another one.</source>
        <translation>这条消息没有可朗读的文字，只有代码或公式。请选择其他消息。</translation>
    </message>
    <message>
        <source>The picture is on the clipboard.</source>
        <translation>图片已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Save as image</source>
        <translation>存为图片</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>This message would be {n} pixels high; a picture can have {m}. Export the conversation as a web page instead.</source>
        <translation>这条消息的图片高度将达 {n} 像素，而图片最高为 {m} 像素。请改为将对话导出为网页。</translation>
    </message>
    <message>
        <source>The extra body can&apos;t be sent as it is. Correct it in Parameters, or send without it.</source>
        <translation>附加请求体无法按现状发送。请在“参数”中改正，或不带它发送。</translation>
    </message>
    <message>
        <source>Send without it</source>
        <translation>不带它发送</translation>
    </message>
    <message>
        <source>The parameters have their defaults again.</source>
        <translation>所有参数已恢复默认值。</translation>
    </message>
    <message>
        <source>{name} has its default again.</source>
        <translation>{name}已恢复默认值。</translation>
    </message>
    <message>
        <source>New conversations begin without own defaults again.</source>
        <translation>新对话不再使用自定义默认值。</translation>
    </message>
    <message>
        <source>New conversations begin with these parameters.</source>
        <translation>新对话将使用这些参数。</translation>
    </message>
    <message>
        <source>“{before}” is now named “{name}”.</source>
        <translation>“{before}”已更名为“{name}”。</translation>
    </message>
    <message>
        <source>Saved as version {n} of {name}.</source>
        <translation>已保存为 {name} 的第 {n} 版。</translation>
    </message>
    <message>
        <source>{name} already has this text.</source>
        <translation>{name} 已是这段文字。</translation>
    </message>
    <message>
        <source>A reply is still running here. Stop it or wait until it is finished, then delete.</source>
        <translation>这里还有回复正在进行。请先停止它，或等它完成后再删除。</translation>
    </message>
    <message>
        <source>{title} (branch)</source>
        <translation>{title}（分支）</translation>
    </message>
    <message>
        <source>“{title}” is open. The conversation it came from is unchanged.</source>
        <translation>已打开“{title}”。原来的对话保持不变。</translation>
    </message>
    <message>
        <source>The message was deleted.</source>
        <translation>消息已删除。</translation>
    </message>
    <message>
        <source>The message and the one after it were deleted.</source>
        <translation>已删除这条消息及其后的 1 条消息。</translation>
    </message>
    <message>
        <source>The message and the {n} after it were deleted.</source>
        <translation>已删除这条消息及其后的 {n} 条消息。</translation>
    </message>
    <message>
        <source>The message and the {n} after it, on {m} branches, were deleted.</source>
        <translation>已删除这条消息及其后 {m} 个分支上的 {n} 条消息。</translation>
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
        <source>Leave out or summarise earlier messages</source>
        <translation>省略或总结较早的消息</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>写消息</translation>
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
        <source>Attach files</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>Attach by address</source>
        <translation>按网址添加附件</translation>
    </message>
    <message>
        <source>Dictate, or stop dictating</source>
        <translation>开始或停止听写</translation>
    </message>
    <message>
        <source>Insert a template</source>
        <translation>插入模板</translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>上一个对话</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>下一个对话</translation>
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
        <source>Think first, or answer at once</source>
        <translation>先思考或直接回答</translation>
    </message>
    <message>
        <source>Turn web search on or off</source>
        <translation>打开或关闭联网搜索</translation>
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
        <source>Make an audition page</source>
        <translation>制作试听页</translation>
    </message>
    <message>
        <source>Read votes for an audition page</source>
        <translation>读入试听页的投票</translation>
    </message>
    <message>
        <source>Speak, or stop speaking</source>
        <translation>朗读，或停止朗读</translation>
    </message>
    <message>
        <source>Open the audition grid</source>
        <translation>打开试听网格</translation>
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
        <translation>播放或暂停配音</translation>
    </message>
    <message>
        <source>Redo take</source>
        <translation>重做配音</translation>
    </message>
    <message>
        <source>Speak part again</source>
        <translation>重新朗读选中的分段</translation>
    </message>
    <message>
        <source>Reuse settings of take</source>
        <translation>复用配音的设置</translation>
    </message>
    <message>
        <source>Compare takes</source>
        <translation>比较配音</translation>
    </message>
    <message>
        <source>Compare takes blind</source>
        <translation>盲听比较配音</translation>
    </message>
    <message>
        <source>Keep as voice</source>
        <translation>保存为音色</translation>
    </message>
    <message>
        <source>Star take</source>
        <translation>为配音加星</translation>
    </message>
    <message>
        <source>Export take</source>
        <translation>导出配音</translation>
    </message>
    <message>
        <source>Check words of takes</source>
        <translation>核对配音的字词</translation>
    </message>
    <message>
        <source>Check drift of takes</source>
        <translation>测量配音的漂移</translation>
    </message>
    <message>
        <source>Ask MiMo about this take</source>
        <translation>向 MiMo 询问这条配音</translation>
    </message>
    <message>
        <source>Copy take</source>
        <translation>复制配音</translation>
    </message>
    <message>
        <source>Save subtitles of take</source>
        <translation>保存配音的字幕</translation>
    </message>
    <message>
        <source>Delete take</source>
        <translation>删除配音</translation>
    </message>
    <message>
        <source>Transcribe file</source>
        <translation>转写文件</translation>
    </message>
    <message>
        <source>Record speech to transcribe</source>
        <translation>录制语音并转写</translation>
    </message>
    <message>
        <source>Transcribe again</source>
        <translation>重新转写</translation>
    </message>
    <message>
        <source>Copy transcript</source>
        <translation>复制转写文字</translation>
    </message>
    <message>
        <source>Use transcript as text</source>
        <translation>将转写文字用作朗读文本</translation>
    </message>
    <message>
        <source>Send transcript to Chat</source>
        <translation>将转写文字发送到对话</translation>
    </message>
    <message>
        <source>Show or hide sessions and parameters</source>
        <translation>显示或隐藏会话和参数</translation>
    </message>
    <message>
        <source>Saved directions</source>
        <translation>已保存的指导</translation>
    </message>
    <message>
        <source>Save direction</source>
        <translation>保存指导</translation>
    </message>
    <message>
        <source>Draft a direction for me</source>
        <translation>帮我起草指导</translation>
    </message>
    <message>
        <source>Saved voices</source>
        <translation>已保存的音色</translation>
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
        <source>Duplicate voice</source>
        <translation>复制音色</translation>
    </message>
    <message>
        <source>Check drift of voice, or stop</source>
        <translation>检查音色漂移，或停止</translation>
    </message>
    <message>
        <source>Use voice in Studio</source>
        <translation>在工作室使用音色</translation>
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
    <message>
        <source>Copy answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Regenerate answer</source>
        <translation>重新生成回答</translation>
    </message>
    <message>
        <source>Continue answer</source>
        <translation>继续回答</translation>
    </message>
    <message>
        <source>Retry failed answer</source>
        <translation>重试失败的回答</translation>
    </message>
    <message>
        <source>Edit my last message</source>
        <translation>编辑我的上一条消息</translation>
    </message>
    <message>
        <source>Delete message</source>
        <translation>删除消息</translation>
    </message>
    <message>
        <source>Speak answer, or stop speaking</source>
        <translation>朗读回答或停止朗读</translation>
    </message>
    <message>
        <source>Send answer to Studio</source>
        <translation>将回答发送到工作室</translation>
    </message>
    <message>
        <source>Inspect answer</source>
        <translation>在检查器中查看回答</translation>
    </message>
    <message>
        <source>Branch from here</source>
        <translation>从此处建立分支</translation>
    </message>
    <message>
        <source>Regenerate with another model or parameters</source>
        <translation>换用模型或参数重新生成</translation>
    </message>
    <message>
        <source>Copy message as image</source>
        <translation>将消息复制为图片</translation>
    </message>
    <message>
        <source>Save message as image</source>
        <translation>将消息存为图片</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>Show or hide thoughts</source>
        <translation>显示或隐藏思考</translation>
    </message>
    <message>
        <source>Allow tool call</source>
        <translation>允许工具调用</translation>
    </message>
    <message>
        <source>Always allow tool</source>
        <translation>始终允许此工具</translation>
    </message>
    <message>
        <source>Deny tool call</source>
        <translation>拒绝工具调用</translation>
    </message>
    <message>
        <source>Open the console page for web search</source>
        <translation>打开联网搜索的控制台页面</translation>
    </message>
    <message>
        <source>Answer without search</source>
        <translation>不搜索，直接回答</translation>
    </message>
    <message>
        <source>Force search and retry</source>
        <translation>强制搜索并重试</translation>
    </message>
    <message>
        <source>Branches of this conversation</source>
        <translation>本对话的分支</translation>
    </message>
    <message>
        <source>First message</source>
        <translation>第一条消息</translation>
    </message>
    <message>
        <source>Jump to latest message</source>
        <translation>跳到最新消息</translation>
    </message>
    <message>
        <source>Add tool</source>
        <translation>添加工具</translation>
    </message>
    <message>
        <source>Try tool</source>
        <translation>试用工具</translation>
    </message>
    <message>
        <source>Paste tools as JSON</source>
        <translation>粘贴 JSON 格式的工具</translation>
    </message>
    <message>
        <source>Import tools</source>
        <translation>导入工具</translation>
    </message>
    <message>
        <source>Export tools</source>
        <translation>导出工具</translation>
    </message>
    <message>
        <source>Remove tool</source>
        <translation>移除工具</translation>
    </message>
    <message>
        <source>Allow all waiting tool calls once</source>
        <translation>允许所有等待中的工具调用（一次）</translation>
    </message>
    <message>
        <source>All shortcuts</source>
        <translation>所有快捷键</translation>
    </message>
    <message>
        <source>Write a text to speak</source>
        <translation>写要朗读的文本</translation>
    </message>
    <message>
        <source>Choose a voice</source>
        <translation>选择音色</translation>
    </message>
    <message>
        <source>Design a voice</source>
        <translation>设计音色</translation>
    </message>
    <message>
        <source>Clone a voice from a sample</source>
        <translation>用样本克隆音色</translation>
    </message>
    <message>
        <source>Compare answers side by side</source>
        <translation>并排比较回答</translation>
    </message>
    <message>
        <source>Open this conversation side by side</source>
        <translation>并排打开此对话</translation>
    </message>
    <message>
        <source>Test cases</source>
        <translation>测试用例</translation>
    </message>
    <message>
        <source>Prompt library</source>
        <translation>提示词库</translation>
    </message>
    <message>
        <source>New prompt</source>
        <translation>新建提示词</translation>
    </message>
    <message>
        <source>Save prompt version</source>
        <translation>保存提示词版本</translation>
    </message>
    <message>
        <source>Use prompt in Chat</source>
        <translation>在对话中使用提示词</translation>
    </message>
    <message>
        <source>Use prompt in Bench</source>
        <translation>在实验台使用提示词</translation>
    </message>
    <message>
        <source>Duplicate prompt</source>
        <translation>复制提示词</translation>
    </message>
    <message>
        <source>Rename prompt</source>
        <translation>重命名提示词</translation>
    </message>
    <message>
        <source>Delete prompt</source>
        <translation>删除提示词</translation>
    </message>
    <message>
        <source>Import prompts</source>
        <translation>导入提示词</translation>
    </message>
    <message>
        <source>Export prompt</source>
        <translation>导出提示词</translation>
    </message>
    <message>
        <source>Import a folder of prompts</source>
        <translation>导入文件夹中的提示词</translation>
    </message>
    <message>
        <source>Export all prompts</source>
        <translation>导出全部提示词</translation>
    </message>
    <message>
        <source>Talk, or send what you said</source>
        <translation>语音对话，或发送刚说的话</translation>
    </message>
    <message>
        <source>Type instead of talking</source>
        <translation>改用打字</translation>
    </message>
    <message>
        <source>Add server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Start server</source>
        <translation>启动服务器</translation>
    </message>
    <message>
        <source>Stop server</source>
        <translation>停止服务器</translation>
    </message>
    <message>
        <source>Paste servers</source>
        <translation>粘贴服务器</translation>
    </message>
    <message>
        <source>Import servers</source>
        <translation>导入服务器</translation>
    </message>
    <message>
        <source>Export servers</source>
        <translation>导出服务器</translation>
    </message>
    <message>
        <source>Remove server</source>
        <translation>移除服务器</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>playing, {time} in</source>
        <translation>播放中，{time}</translation>
    </message>
    <message>
        <source>Pause {letter}</source>
        <translation>暂停 {letter}</translation>
    </message>
    <message>
        <source>Play {letter}</source>
        <translation>播放 {letter}</translation>
    </message>
    <message>
        <source>Hear A and B before you answer.</source>
        <translation>听过 A 和 B 之后再作答。</translation>
    </message>
    <message>
        <source>Pair {n} of {total}.</source>
        <translation>第 {n} 对，共 {total} 对。</translation>
    </message>
    <message>
        <source>Flip as often as you like.</source>
        <translation>可以反复切换。</translation>
    </message>
    <message>
        <source>Prefer A</source>
        <translation>选 A</translation>
    </message>
    <message>
        <source>Tie</source>
        <translation>平手</translation>
    </message>
    <message>
        <source>Prefer B</source>
        <translation>选 B</translation>
    </message>
    <message>
        <source>This pair</source>
        <translation>本组</translation>
    </message>
    <message>
        <source>Every pair is answered</source>
        <translation>所有组都已作答</translation>
    </message>
    <message>
        <source>Reveal shows the names and the verdict.</source>
        <translation>揭晓后显示名称和结论。</translation>
    </message>
    <message>
        <source>Which would you keep?</source>
        <translation>你会保留哪一条？</translation>
    </message>
    <message>
        <source>{n} of {total} answered</source>
        <translation>已答 {n} / {total}</translation>
    </message>
    <message>
        <source>{letters} rest; letters are drawn anew for every pair</source>
        <translation>{letters} 暂休；每组重新抽取字母</translation>
    </message>
    <message>
        <source>{letters} rests; letters are drawn anew for every pair</source>
        <translation>{letters} 暂休；每组重新抽取字母</translation>
    </message>
    <message>
        <source>you</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>音色</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>指导</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>text and model differ</source>
        <translation>文本和模型不同</translation>
    </message>
    <message>
        <source>the text differs</source>
        <translation>文本不同</translation>
    </message>
    <message>
        <source>the model differs</source>
        <translation>模型不同</translation>
    </message>
    <message>
        <source>nothing but the take</source>
        <translation>只有配音不同</translation>
    </message>
    <message>
        <source>text and model are the same</source>
        <translation>文本和模型相同</translation>
    </message>
    <message>
        <source>Choose two to nine takes with sound, or give them stars. Then compare them.</source>
        <translation>请选择 2 到 9 条有声音的配音，或为它们加星标，然后再比较。</translation>
    </message>
    <message>
        <source>Nine takes can be compared at once. These are the nine newest of those you chose.</source>
        <translation>一次最多比较 9 条配音。这里是所选配音中最新的 9 条。</translation>
    </message>
    <message>
        <source>The takes of this comparison were deleted, so it can&apos;t be opened. Its result is kept.</source>
        <translation>这次比较的配音已被删除，因此无法打开。结果已保留。</translation>
    </message>
    <message>
        <source>{time} of {length}</source>
        <translation>{time} / {length}</translation>
    </message>
    <message>
        <source>Flip</source>
        <translation>切换</translation>
    </message>
    <message>
        <source>Take back the last answer</source>
        <translation>撤回上一个回答</translation>
    </message>
    <message>
        <source>Undo answer</source>
        <translation>撤销回答</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>揭晓</translation>
    </message>
    <message>
        <source>Export result</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>switch candidate, same spot</source>
        <translation>同一位置换候选</translation>
    </message>
    <message>
        <source>go to a candidate</source>
        <translation>跳到某个候选</translation>
    </message>
    <message>
        <source>Keep candidate</source>
        <translation>保留候选</translation>
    </message>
    <message>
        <source>Keep candidate {n}</source>
        <translation>保留候选 {n}</translation>
    </message>
    <message>
        <source>Give this candidate a star</source>
        <translation>为此候选加星标</translation>
    </message>
    <message>
        <source>Keep take</source>
        <translation>保留配音</translation>
    </message>
    <message>
        <source>Keep take {n}</source>
        <translation>保留配音 {n}</translation>
    </message>
    <message>
        <source>Give this take a star</source>
        <translation>为这条配音加星标</translation>
    </message>
    <message>
        <source>play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>switch take, same spot</source>
        <translation>同一位置换配音</translation>
    </message>
    <message>
        <source>flip the last two</source>
        <translation>在最近两条间切换</translation>
    </message>
    <message>
        <source>flip at the same spot</source>
        <translation>在同一位置切换</translation>
    </message>
    <message>
        <source>go to a take</source>
        <translation>转到某条配音</translation>
    </message>
    <message>
        <source>star</source>
        <translation>星标</translation>
    </message>
    <message>
        <source>Take {n} is kept: it has a star.</source>
        <translation>已保留配音 {n}：已加星标。</translation>
    </message>
    <message>
        <source>The comparison was closed: fewer than two takes are left. Its ratings and results are kept.</source>
        <translation>比较已关闭：剩下的配音不足两条。评分和结果已保留。</translation>
    </message>
    <message>
        <source>A take of the blind test was deleted. Bring it back, and the test goes on.</source>
        <translation>盲听测试中的一条配音已被删除。恢复它即可继续测试。</translation>
    </message>
    <message>
        <source>Takes of this test were deleted, so no blind test can begin. The result is kept.</source>
        <translation>这次测试的配音已被删除，无法开始盲听测试。结果已保留。</translation>
    </message>
    <message>
        <source>{n} takes, order shuffled</source>
        <translation>{n} 条配音，顺序已打乱</translation>
    </message>
    <message>
        <source>{n} takes, {pairs} pairs, names shown</source>
        <translation>{n} 条配音，{pairs} 组，已显示名称</translation>
    </message>
    <message>
        <source>The blind test was deleted.</source>
        <translation>已删除盲听测试。</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较结果</translation>
    </message>
    <message>
        <source>rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Blind</source>
        <translation>盲听</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Show ratings</source>
        <translation>显示评分</translation>
    </message>
    <message>
        <source>Rate each candidate from 0 to 100</source>
        <translation>为每个候选打 0 到 100 分</translation>
    </message>
    <message>
        <source>Rate each take from 0 to 100</source>
        <translation>为每条配音评 0 到 100 分</translation>
    </message>
    <message>
        <source>Takes are rated where their names are shown.</source>
        <translation>只能在显示名称时评分。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Compared takes</source>
        <translation>比较的配音</translation>
    </message>
    <message>
        <source>From 0 to 100; −1 for not rated</source>
        <translation>0 到 100；−1 表示未评分</translation>
    </message>
    <message>
        <source>Type a number from 0 to 100, or move the knob. Delete takes the rating back.</source>
        <translation>输入 0 到 100 的数字，或拖动滑块。按 Delete 撤回评分。</translation>
    </message>
    <message>
        <source>Play as delivered</source>
        <translation>按原样播放</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>Hidden while blind</source>
        <translation>盲听时隐藏</translation>
    </message>
    <message>
        <source>Names, voices, waveforms, lengths and gains. Which take is A is drawn anew for every pair. The verdict comes after the last pair, with how often chance alone would give it.</source>
        <translation>名称、音色、波形、时长和增益。每组都会重新抽取哪条为 A。最后一组之后给出结论，以及仅凭偶然出现该结果的概率。</translation>
    </message>
    <message>
        <source>Blind tests of this line</source>
        <translation>这句的盲听测试</translation>
    </message>
    <message>
        <source>Blind tests</source>
        <translation>盲听测试</translation>
    </message>
    <message>
        <source>all kept</source>
        <translation>全部保留</translation>
    </message>
    <message>
        <source>Delete test</source>
        <translation>删除测试</translation>
    </message>
    <message>
        <source>this take was deleted</source>
        <translation>该配音已删除</translation>
    </message>
    <message>
        <source>A in {a} pairs, B in {b}</source>
        <translation>{a} 组中为 A，{b} 组中为 B</translation>
    </message>
    <message>
        <source>of 1 pair</source>
        <translation>共 1 组</translation>
    </message>
    <message>
        <source>of {n} pairs</source>
        <translation>共 {n} 组</translation>
    </message>
    <message>
        <source>Play {name}</source>
        <translation>播放 {name}</translation>
    </message>
    <message>
        <source>This take has a star.</source>
        <translation>这条配音已加星标。</translation>
    </message>
    <message>
        <source>Pair by pair</source>
        <translation>逐组结果</translation>
    </message>
    <message>
        <source>order as heard</source>
        <translation>按收听顺序</translation>
    </message>
    <message>
        <source>What chance alone gives</source>
        <translation>仅凭偶然的结果</translation>
    </message>
    <message>
        <source>exact binomial, two-sided</source>
        <translation>精确二项分布，双侧</translation>
    </message>
    <message>
        <source>Hear more pairs</source>
        <translation>再听几组</translation>
    </message>
    <message>
        <source>Verdict: {sentence}</source>
        <translation>结论：{sentence}</translation>
    </message>
    <message>
        <source>Hear {n} more pairs</source>
        <translation>再听 {n} 组</translation>
    </message>
    <message>
        <source>Compare the chosen takes, or those with a star</source>
        <translation>比较选中的配音，或有星标的配音</translation>
    </message>
    <message>
        <source>Compare takes without knowing which is which</source>
        <translation>在不知道是哪一条的情况下比较配音</translation>
    </message>
    <message>
        <source>Candidate {n}</source>
        <translation>候选 {n}</translation>
    </message>
    <message>
        <source>Take {n}</source>
        <translation>配音 {n}</translation>
    </message>
    <message>
        <source>candidate {n}</source>
        <translation>候选 {n}</translation>
    </message>
    <message>
        <source>take {n}</source>
        <translation>配音 {n}</translation>
    </message>
    <message>
        <source>{n} takes of one line</source>
        <translation>同一句的 {n} 条配音</translation>
    </message>
    <message>
        <source>{n} takes</source>
        <translation>{n} 条配音</translation>
    </message>
    <message>
        <source>Blind test</source>
        <translation>盲听测试</translation>
    </message>
    <message>
        <source>Blind test, not finished</source>
        <translation>盲听测试，未完成</translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Played as delivered. The louder of two takes often seems better.</source>
        <translation>按原样播放。两条配音中较响的往往显得更好。</translation>
    </message>
    <message>
        <source>No loudness was measured, so the takes play as delivered.</source>
        <translation>没有测得响度，配音按原样播放。</translation>
    </message>
    <message>
        <source>All {count} play {decibels} dB lower together, so that take {n} keeps its peaks below {ceiling} dBTP. Files stay as delivered.</source>
        <translation>{count} 条配音一起降低 {decibels} dB，使配音 {n} 的峰值低于 {ceiling} dBTP。文件保持原样。</translation>
    </message>
    <message>
        <source>What was measured plays {decibels} dB lower together, so that take {n} keeps its peaks below {ceiling} dBTP. Files stay as delivered.</source>
        <translation>已测量的配音一起降低 {decibels} dB，使配音 {n} 的峰值低于 {ceiling} dBTP。文件保持原样。</translation>
    </message>
    <message>
        <source>All {count} play at {target} LUFS, so that none wins by being louder. Files stay as delivered.</source>
        <translation>{count} 条配音均以 {target} LUFS 播放，避免响度影响判断。文件保持原样。</translation>
    </message>
    <message>
        <source>{count} of {total} play at {target} LUFS. Files stay as delivered.</source>
        <translation>{total} 条中有 {count} 条以 {target} LUFS 播放。文件保持原样。</translation>
    </message>
    <message>
        <source>Too quiet or too loud to match, and changed by {decibels} dB at most: take {n}.</source>
        <translation>过轻或过响，无法完全匹配，最多调整 {decibels} dB：配音 {n}。</translation>
    </message>
    <message>
        <source>Silent or not measured, and played as delivered: take {n}.</source>
        <translation>静音或未测量，按原样播放：配音 {n}。</translation>
    </message>
    <message>
        <source>{name}, {n} LUFS</source>
        <translation>{name}，{n} LUFS</translation>
    </message>
    <message>
        <source>not heard yet</source>
        <translation>尚未听过</translation>
    </message>
    <message>
        <source>heard once</source>
        <translation>听过一次</translation>
    </message>
    <message>
        <source>heard {n} times</source>
        <translation>听过 {n} 次</translation>
    </message>
    <message>
        <source>No pair was answered.</source>
        <translation>没有作答任何一组。</translation>
    </message>
    <message>
        <source>Every pair was a tie: no preference.</source>
        <translation>每组都是平手：没有偏好。</translation>
    </message>
    <message>
        <source>{name} and {other} did best, but neither was preferred to the other: not enough to call.</source>
        <translation>{name} 和{other}表现最好，但两者之间未分胜负：不足以下结论。</translation>
    </message>
    <message>
        <source>{name} and {other} came out even: {n} to {n}.</source>
        <translation>{name} 与 {other} 打成平局：{n} 比 {n}。</translation>
    </message>
    <message>
        <source>{name} won most, but {other} was preferred to it in {lost} of {decided}: not enough to call.</source>
        <translation>{name} 胜出最多，但 {other} 在与它的 {decided} 组中胜出 {lost} 组：不足以下结论。</translation>
    </message>
    <message>
        <source>{name} was preferred in {won} of {decided}: a clear result.</source>
        <translation>{name} 在 {decided} 组中胜出 {won} 组：结果明确。</translation>
    </message>
    <message>
        <source>{name} was preferred in {won} of {decided}: not enough to call.</source>
        <translation>{name} 在 {decided} 组中胜出 {won} 组：不足以下结论。</translation>
    </message>
    <message>
        <source>{name} was preferred to {other} in {won} of {decided}: a clear result.</source>
        <translation>{name} 对 {other} 在 {decided} 组中胜出 {won} 组：结果明确。</translation>
    </message>
    <message>
        <source>{name} was preferred to {other} in {won} of {decided}: not enough to call.</source>
        <translation>{name} 对 {other} 在 {decided} 组中胜出 {won} 组：不足以下结论。</translation>
    </message>
    <message>
        <source>Chance alone gives as much every time.</source>
        <translation>仅凭偶然每次都会如此。</translation>
    </message>
    <message>
        <source>If the two were equally good, one would still come out this far ahead in {n} of 100 such tests.</source>
        <translation>如果两条一样好，100 次这样的测试中，仍有 {n} 次会出现这样的差距。</translation>
    </message>
    <message>
        <source>If the two were equally good, one would come out this far ahead in fewer than 1 of 100 such tests.</source>
        <translation>如果两条一样好，100 次这样的测试中，出现这种差距的不到 1 次。</translation>
    </message>
    <message>
        <source>The best two were found by the test itself, so all pairs of takes are counted in.</source>
        <translation>最好的两条是由测试本身选出的，因此已计入配音的所有组合。</translation>
    </message>
    <message>
        <source>Both looks are counted in.</source>
        <translation>已计入两次查看。</translation>
    </message>
    <message>
        <source>All {n} looks are counted in.</source>
        <translation>已计入全部 {n} 次查看。</translation>
    </message>
    <message>
        <source>The test ended early, after {n} of {total} pairs: take the figure as a hint only.</source>
        <translation>测试提前结束，只完成了 {total} 组中的 {n} 组：该数字仅供参考。</translation>
    </message>
    <message>
        <source>Answers given before both takes were heard: {n}.</source>
        <translation>未听完两条就作答的次数：{n}。</translation>
    </message>
    <message>
        <source>Keep the one you like; just don’t call it proven.</source>
        <translation>保留你喜欢的即可，但不要当作定论。</translation>
    </message>
    <message>
        <source>No ties.</source>
        <translation>没有平手。</translation>
    </message>
    <message>
        <source>Ties, left out of the count: {n}.</source>
        <translation>平手（不计入）：{n}。</translation>
    </message>
    <message>
        <source>First heard was preferred {first}, second {second}.</source>
        <translation>先听到的被选中 {first}，后听到的 {second}。</translation>
    </message>
    <message>
        <source>once</source>
        <translation>1 次</translation>
    </message>
    <message>
        <source>{n} times</source>
        <translation>{n} 次</translation>
    </message>
    <message>
        <source>A in 1 pair, B in {b}</source>
        <translation>1 组中为 A，{b} 组中为 B</translation>
    </message>
    <message>
        <source>{n} candidates, 1 pair, names shown</source>
        <translation>{n} 个候选，1 组，已显示名称</translation>
    </message>
    <message>
        <source>{n} candidates, {pairs} pairs, names shown</source>
        <translation>{n} 个候选，{pairs} 组，已显示名称</translation>
    </message>
    <message>
        <source>{n} takes, 1 pair, names shown</source>
        <translation>{n} 条配音，1 组，已显示名称</translation>
    </message>
    <message>
        <source>Pairs won by {name}. Coloured: this far or more, {figure} %.</source>
        <translation>{name} 胜出的组数。着色部分：达到或超过这一差距，{figure} %。</translation>
    </message>
    <message>
        <source>Pairs won by {name}. Coloured: this far or more. With all looks and pairs counted {figure} %.</source>
        <translation>{name} 胜出的组数。着色部分：达到或超过这一差距。计入所有查看和组合后为 {figure} %。</translation>
    </message>
    <message>
        <source>The result is clear. More pairs would not make it clearer.</source>
        <translation>结果已经明确，再听也不会更明确。</translation>
    </message>
    <message>
        <source>No number of further pairs that can be heard would settle it.</source>
        <translation>再听多少组也无法得出结论。</translation>
    </message>
    <message>
        <source>{pairs} more pairs could settle it: {needed} of {decided} would be enough (under {figure} %, all looks counted).</source>
        <translation>再听 {pairs} 组或可得出结论：{decided} 组中胜出 {needed} 组即可（低于 {figure} %，已计入所有查看）。</translation>
    </message>
    <message>
        <source>{n}: {a} as A, {b} as B, tie</source>
        <translation>{n}：{a} 为 A，{b} 为 B，平手</translation>
    </message>
    <message>
        <source>{n}: {a} as A, {b} as B, {best} preferred</source>
        <translation>{n}：{a} 为 A，{b} 为 B，选中 {best}</translation>
    </message>
    <message>
        <source>{one} and {other}</source>
        <translation>{one} 与{other}</translation>
    </message>
    <message>
        <source>{n} candidates, 1 pair</source>
        <translation>{n} 个候选，1 组</translation>
    </message>
    <message>
        <source>{n} candidates, {pairs} pairs</source>
        <translation>{n} 个候选，{pairs} 组</translation>
    </message>
    <message>
        <source>{n} takes, 1 pair</source>
        <translation>{n} 条配音，1 组</translation>
    </message>
    <message>
        <source>{n} takes, {pairs} pairs</source>
        <translation>{n} 条配音，{pairs} 组</translation>
    </message>
    <message>
        <source>no clear one</source>
        <translation>没有明确结果</translation>
    </message>
    <message>
        <source>{n} to {m}</source>
        <translation>{n} 比 {m}</translation>
    </message>
    <message>
        <source>A rating is a number from 0 to 100.</source>
        <translation>评分是 0 到 100 的数字。</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Let the model search the web. Each keyword is a billed search.</source>
        <translation>允许模型联网搜索。每个关键词按一次搜索计费。</translation>
    </message>
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
        <source>Speak, and the words are inserted here; nothing is sent. It ends when you pause or press again, after two minutes at most. Escape stops it.</source>
        <translation>说话，文字会插入到这里，不会发送。停顿或再次按下即结束，最长两分钟。按 Esc 停止。</translation>
    </message>
    <message>
        <source>Insert a saved text, or save this one as a template. You can also type / in an empty message. {{name}} becomes a field to fill in; write \{{name}} to send it as it is.</source>
        <translation>插入已保存的文字，或将当前文字存为模板。也可以在空白消息中输入 /。{{name}} 会变成一个可填写的输入框；如需原样发送，请写作 \{{name}}。</translation>
    </message>
    <message>
        <source>Web search</source>
        <translation>联网搜索</translation>
    </message>
    <message>
        <source>Use web search</source>
        <translation>使用联网搜索</translation>
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
        <source>Attach</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>Attach by address</source>
        <translation>按网址添加附件</translation>
    </message>
    <message>
        <source>Dictate</source>
        <translation>听写</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Dictation level</source>
        <translation>听写音量</translation>
    </message>
    <message>
        <source>Pause to finish. Escape stops.</source>
        <translation>停顿即结束，按 Esc 停止。</translation>
    </message>
    <message>
        <source>Recognise it</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Recognising…</source>
        <translation>正在识别…</translation>
    </message>
    <message>
        <source>Dictation was stopped. {time} were recorded.</source>
        <translation>听写已停止，已录下 {time}。</translation>
    </message>
    <message>
        <source>A dictation lasts two minutes at most. Press Dictate again to go on.</source>
        <translation>每次听写最长两分钟。再次按“听写”可继续。</translation>
    </message>
    <message>
        <source>No speech was heard. Speak closer to the microphone and try again.</source>
        <translation>没有听到语音。请靠近麦克风再试一次。</translation>
    </message>
    <message>
        <source>No words were recognised in what you said. Dictate it again.</source>
        <translation>没有识别出文字。请再说一遍。</translation>
    </message>
    <message>
        <source>The dictated words are in the draft they were spoken for.</source>
        <translation>听写的文字已放入原来的草稿。</translation>
    </message>
    <message>
        <source>The dictated words are in the draft of “{title}”.</source>
        <translation>听写的文字已放入“{title}”的草稿。</translation>
    </message>
    <message>
        <source>Variable {name}</source>
        <translation>变量 {name}</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>The first {n} variables have a field. The others are sent as they are typed.</source>
        <translation>只有前 {n} 个变量有输入框，其余按原样发送。</translation>
    </message>
    <message>
        <source>Send as typed</source>
        <translation>按原样发送</translation>
    </message>
    <message>
        <source>“{name}” has no value yet. Type one into its field, then send again.</source>
        <translation>“{name}”还没有值。请在对应的输入框中填写，然后再次发送。</translation>
    </message>
    <message>
        <source>These variables have no value yet: {names}. Fill in their fields, then send again.</source>
        <translation>以下变量还没有值：{names}。请填写对应的输入框，然后再次发送。</translation>
    </message>
</context>
<context>
    <name>Context</name>
    <message>
        <source>{words} · {share} %</source>
        <translation>{words} · {share}%</translation>
    </message>
    <message>
        <source>Context {words}</source>
        <translation>上下文 {words}</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>The first messages:</source>
        <translation>最早的消息：</translation>
    </message>
    <message>
        <source>Messages to leave out</source>
        <translation>要省略的消息数</translation>
    </message>
    <message>
        <source>Leave out earlier messages</source>
        <translation>省略较早的消息</translation>
    </message>
    <message>
        <source>Stop the summary</source>
        <translation>停止总结</translation>
    </message>
    <message>
        <source>Summarise them</source>
        <translation>总结这些消息</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>仍然发送</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>总结</translation>
    </message>
    <message>
        <source>Sent in place of the messages that are left out</source>
        <translation>代替省略的消息发送</translation>
    </message>
    <message>
        <source>Use this summary</source>
        <translation>使用此总结</translation>
    </message>
    <message>
        <source>Earlier messages can be left out of what is sent. They stay here and can be sent again.</source>
        <translation>可以不再发送较早的消息。它们仍保留在这里，随时可以重新发送。</translation>
    </message>
    <message>
        <source>Leaving them out frees about {freed} tokens. A summary is a call of about {prompt} tokens with an answer of at most {answer}.</source>
        <translation>省略后约可腾出 {freed} 个 token。总结需要一次约 {prompt} 个 token 的调用，回答最多 {answer} 个。</translation>
    </message>
    <message>
        <source>It costs at most {cost}.</source>
        <translation>费用最多 {cost}。</translation>
    </message>
    <message>
        <source>up to “{text}”</source>
        <translation>直到“{text}”</translation>
    </message>
    <message>
        <source>The summary is empty. Write one, or press Summarise them.</source>
        <translation>总结为空。请写一段，或按“总结这些消息”。</translation>
    </message>
    <message>
        <source>The first message is not sent any more.</source>
        <translation>第一条消息不再发送。</translation>
    </message>
    <message>
        <source>The first {n} messages are not sent any more.</source>
        <translation>最早的 {n} 条消息不再发送。</translation>
    </message>
    <message>
        <source>The message is sent again.</source>
        <translation>该消息将重新发送。</translation>
    </message>
    <message>
        <source>The summary is being written.</source>
        <translation>正在撰写总结。</translation>
    </message>
    <message>
        <source>Stopped. What arrived can be completed by hand.</source>
        <translation>已停止。可手动补全已收到的内容。</translation>
    </message>
    <message>
        <source>The summary was cut off. Complete it, or choose fewer messages.</source>
        <translation>总结被截断。请补全，或选择较少的消息。</translation>
    </message>
    <message>
        <source>Read it and change what you like, then use it.</source>
        <translation>请阅读并按需修改，然后使用。</translation>
    </message>
    <message>
        <source>{tokens} + unknown</source>
        <translation>{tokens} + 未知</translation>
    </message>
    <message>
        <source>{tokens} tokens</source>
        <translation>{tokens} 个 token</translation>
    </message>
    <message>
        <source>{tokens} of {limit}</source>
        <translation>{tokens} / {limit}</translation>
    </message>
    <message>
        <source>The next request takes about {n} tokens.</source>
        <translation>下一个请求约占 {n} 个 token。</translation>
    </message>
    <message>
        <source>System prompt and tools: {n}</source>
        <translation>系统提示词和工具：{n}</translation>
    </message>
    <message>
        <source>What is being typed: {n}</source>
        <translation>正在输入的内容：{n}</translation>
    </message>
    <message>
        <source>The rest are earlier messages and attachments.</source>
        <translation>其余是较早的消息和附件。</translation>
    </message>
    <message>
        <source>1 attachment is not counted, because its tokens are unknown.</source>
        <translation>有 1 个附件的 token 数未知，未计入。</translation>
    </message>
    <message>
        <source>{n} attachments are not counted, because their tokens are unknown.</source>
        <translation>有 {n} 个附件的 token 数未知，未计入。</translation>
    </message>
    <message>
        <source>Earlier messages were counted by the service.</source>
        <translation>较早的消息按服务的计数。</translation>
    </message>
    <message>
        <source>This is an estimate; the service&apos;s own count comes with an answer.</source>
        <translation>这是估算值；服务的计数随回答返回。</translation>
    </message>
    <message>
        <source>This conversation does not fit: it takes about {tokens} tokens; {model} takes {limit}. Leave out or summarise earlier messages.</source>
        <translation>放不下这个对话：它约占 {tokens} 个 token，而 {model} 最多 {limit} 个。请省略或总结较早的消息。</translation>
    </message>
    <message>
        <source>This message does not fit: with it the conversation takes about {tokens} tokens; {model} takes {limit}. Leave out or summarise earlier messages. Your text stays here.</source>
        <translation>放不下这条消息：加上它，对话约占 {tokens} 个 token，而 {model} 最多 {limit} 个。请省略或总结较早的消息。你的文字会保留在这里。</translation>
    </message>
    <message>
        <source>The conversation fills {share} % of the context of {model}. Earlier messages can be left out or summarised; nothing is left out by itself.</source>
        <translation>对话已占用 {model} 上下文的 {share}%。可以省略或总结较早的消息；不会自动省略任何内容。</translation>
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
        <translation>对话、配音、音色、音频、附件和设置，用于转移到其他电脑或妥善保存，不含密钥。导入只添加这里缺少的内容，不改变其他内容。</translation>
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
        <translation>所有对话、配音、音色和设置，全部备份和密钥都将从这台电脑上删除，随后工作台关闭。此操作无法撤销：如果以后可能还要，请先导出全部内容。</translation>
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
        <source>Recordings of what you said: {n} ({size}).</source>
        <translation>您说话的录音：{n} 段（{size}）。</translation>
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
        <translation>已恢复。对话：{conversations} · 消息：{messages} · 配音：{takes} · 其他：{things}</translation>
    </message>
</context>
<context>
    <name>Design</name>
    <message>
        <source>Gender and age</source>
        <translation>性别与年龄</translation>
    </message>
    <message>
        <source>Texture</source>
        <translation>质感</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>情绪</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>语速</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Accent</source>
        <translation>口音</translation>
    </message>
    <message>
        <source>“{words}” looks like a tag. Designed voices take none: say it in plain words.</source>
        <translation>“{words}”像是标签。设计音色不支持标签，请用平实的话来描述。</translation>
    </message>
    <message>
        <source>“{words}”: only one voice is made. Describe one speaker.</source>
        <translation>“{words}”：一次只生成一个声音，请只描述一位说话人。</translation>
    </message>
    <message>
        <source>“{words}”: a designed voice speaks and does not sing.</source>
        <translation>“{words}”：设计的音色只会说话，不会唱歌。</translation>
    </message>
    <message>
        <source>“{words}”: the voice speaks Chinese and English only.</source>
        <translation>“{words}”：音色只会说中文和英文。</translation>
    </message>
    <message>
        <source>“{words}” contradict each other. Keep one of them.</source>
        <translation>“{words}”互相矛盾，请只保留一个。</translation>
    </message>
    <message>
        <source>“{words}” belongs to another language than the preview text and may not be heard in it.</source>
        <translation>“{words}”与试听文本的语言不同，可能听不出来。</translation>
    </message>
    <message>
        <source>“{words}” describes a room or an effect. The voice will come without it.</source>
        <translation>“{words}”描述的是空间或音效，生成的声音里不会有。</translation>
    </message>
    <message>
        <source>“{words}” describes the background. Only the voice will be heard.</source>
        <translation>“{words}”描述的是背景声，生成的只有人声。</translation>
    </message>
    <message>
        <source>“{words}” describes a recording. It does not change how the voice sounds.</source>
        <translation>“{words}”描述的是录音质量，不会改变音色。</translation>
    </message>
    <message>
        <source>“{words}”: what a voice is not is often heard as what it is. Say what it is.</source>
        <translation>“{words}”：否定的说法常被当成肯定，请直接写声音是什么样的。</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Round {n}</source>
        <translation>第 {n} 轮</translation>
    </message>
    <message>
        <source>1 candidate</source>
        <translation>1 个候选</translation>
    </message>
    <message>
        <source>{n} candidates</source>
        <translation>{n} 个候选</translation>
    </message>
    <message>
        <source>Candidate {n} starred</source>
        <translation>候选 {n} 已加星标</translation>
    </message>
    <message>
        <source>kept as {name}</source>
        <translation>已保存为 {name}</translation>
    </message>
    <message>
        <source>Candidate {n}</source>
        <translation>候选 {n}</translation>
    </message>
    <message>
        <source>{n} Hz</source>
        <translation>{n} Hz</translation>
    </message>
    <message>
        <source>{n} /s</source>
        <translation>{n} 音节/秒</translation>
    </message>
    <message>
        <source>pitch, pace</source>
        <translation>音高、语速</translation>
    </message>
    <message>
        <source>Select a candidate to keep.</source>
        <translation>请选择要保存的候选。</translation>
    </message>
    <message>
        <source>Freezes candidate {n} as</source>
        <translation>固定候选 {n}，命名为</translation>
    </message>
    <message>
        <source>Freezes {t} of candidate {n} as</source>
        <translation>固定候选 {n} 的 {t}，命名为</translation>
    </message>
    <message>
        <source>pitch {n} st</source>
        <translation>音高 {n} 半音</translation>
    </message>
    <message>
        <source>1 character</source>
        <translation>1 个字符</translation>
    </message>
    <message>
        <source>{n} characters</source>
        <translation>{n} 个字符</translation>
    </message>
    <message>
        <source>{round}: its description and text are in the fields.</source>
        <translation>已填入{round}的描述和文本。</translation>
    </message>
    <message>
        <source>chips write their words here</source>
        <translation>点选下方标签，文字会写到这里</translation>
    </message>
    <message>
        <source>{round} was deleted with its candidates.</source>
        <translation>已删除{round}及其候选。</translation>
    </message>
    <message>
        <source>Hint {n} of {total}: show the next</source>
        <translation>提示 {n}/{total}：显示下一条</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>删去</translation>
    </message>
    <message>
        <source>Next hint</source>
        <translation>下一条提示</translation>
    </message>
    <message>
        <source>Final text of {round}</source>
        <translation>{round}的最终文本</translation>
    </message>
    <message>
        <source>A line that the voice could have said.</source>
        <translation>写一句这个声音会说的话。</translation>
    </message>
    <message>
        <source>Suits this voice</source>
        <translation>适合这个声音</translation>
    </message>
    <message>
        <source>Other lines</source>
        <translation>换一批</translation>
    </message>
    <message>
        <source>the service may reword it to suit the voice, or write one</source>
        <translation>服务可能会改写以贴合音色，或代写一段</translation>
    </message>
    <message>
        <source>Final text</source>
        <translation>最终文本</translation>
    </message>
    <message>
        <source>Play the designed line</source>
        <translation>播放设计的这句</translation>
    </message>
    <message>
        <source>Play the kept line</source>
        <translation>播放保存音色的这句</translation>
    </message>
    <message>
        <source>Same line</source>
        <translation>同一句</translation>
    </message>
    <message>
        <source>Design</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Speak it with the kept voice</source>
        <translation>用保存的音色说这句</translation>
    </message>
    <message>
        <source>No person was recorded: a designed voice is kept without consent.</source>
        <translation>没有录制真人：保存设计的音色无需授权。</translation>
    </message>
    <message>
        <source>Star candidate</source>
        <translation>给候选加星标</translation>
    </message>
    <message>
        <source>Candidates</source>
        <translation>候选</translation>
    </message>
    <message>
        <source>Every press of Design voice makes a round: candidates of one description, each another voice. Compare them by ear and keep the one you like. Start from one of these, or write your own.</source>
        <translation>每按一次“设计音色”就是一轮：同一描述的多个候选，各是一个声音。用耳朵比较，保存喜欢的那个。可以从下面的例子开始，也可以自己写。</translation>
    </message>
    <message>
        <source>Earlier rounds</source>
        <translation>之前的轮次</translation>
    </message>
    <message>
        <source>every round stays, with its sound</source>
        <translation>每一轮都会保留，包括声音</translation>
    </message>
    <message>
        <source>Search rounds</source>
        <translation>搜索轮次</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Show round</source>
        <translation>显示这一轮</translation>
    </message>
    <message>
        <source>Use round</source>
        <translation>取用这一轮</translation>
    </message>
    <message>
        <source>Delete round</source>
        <translation>删除这一轮</translation>
    </message>
    <message>
        <source>Earlier descriptions</source>
        <translation>之前的描述</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>取用</translation>
    </message>
    <message>
        <source>Stop describing</source>
        <translation>停止描述</translation>
    </message>
    <message>
        <source>Describe it for me</source>
        <translation>帮我描述</translation>
    </message>
    <message>
        <source>Character sketch</source>
        <translation>人物小传</translation>
    </message>
    <message>
        <source>Who is it, and what do they do all day?</source>
        <translation>这是谁？平日里做些什么？</translation>
    </message>
    <message>
        <source>Drafted description</source>
        <translation>描述草稿</translation>
    </message>
    <message>
        <source>Use this description</source>
        <translation>使用这段描述</translation>
    </message>
    <message>
        <source>Dismiss description</source>
        <translation>放弃这段描述</translation>
    </message>
    <message>
        <source>Ask {model} to describe the voice of this character</source>
        <translation>请 {model} 描述这个人物的声音</translation>
    </message>
    <message>
        <source>The description stays as it is until you use this one.</source>
        <translation>在你使用之前，原来的描述不会改变。</translation>
    </message>
    <message>
        <source>The service&apos;s content filter stopped the description. Change the sketch, or write it yourself.</source>
        <translation>服务的内容过滤中止了描述。请修改人物小传，或自己来写。</translation>
    </message>
    <message>
        <source>The description was cut off before its end. Use what is there, or have it described again.</source>
        <translation>描述没有写完就被截断了。可以使用已有部分，或重新描述。</translation>
    </message>
    <message>
        <source>More of {name}</source>
        <translation>更多{name}</translation>
    </message>
    <message>
        <source>“{name}” is in the library and stays as it is. No person was recorded, so it needs no consent.</source>
        <translation>“{name}”已存入音色库，不会再变。没有录制真人，因此无需授权。</translation>
    </message>
</context>
<context>
    <name>Directions</name>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Adopt draft</source>
        <translation>采用草稿</translation>
    </message>
    <message>
        <source>Dismiss draft</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>Nothing was written. Try again.</source>
        <translation>没有写出内容。请重试。</translation>
    </message>
    <message>
        <source>The draft has replaced what was there.</source>
        <translation>草稿已替换原有内容。</translation>
    </message>
    <message>
        <source>Ask {model} for Role, Scene and Guidance that suit the text</source>
        <translation>让 {model} 为这段文字写出角色、场景和指导要点</translation>
    </message>
    <message>
        <source>The service offers no chat model.</source>
        <translation>该服务没有对话模型。</translation>
    </message>
    <message>
        <source>{model} is writing.</source>
        <translation>{model} 正在撰写。</translation>
    </message>
    <message>
        <source>Nothing changes until you adopt the draft.</source>
        <translation>采用草稿之前，一切保持不变。</translation>
    </message>
    <message>
        <source>It reads the first {n} characters of the text.</source>
        <translation>只读取文字的前 {n} 个字符。</translation>
    </message>
    <message>
        <source>The service&apos;s content filter stopped the draft. Change the text, or write it yourself.</source>
        <translation>服务的内容过滤器中止了起草。请修改文本，或自行撰写。</translation>
    </message>
    <message>
        <source>The draft was cut off before its end. Adopt what is there, or draft it again.</source>
        <translation>草稿在结束前被截断。请采用已有内容，或重新起草。</translation>
    </message>
    <message>
        <source>Search directions</source>
        <translation>搜索指导</translation>
    </message>
    <message>
        <source>Kind of direction</source>
        <translation>指导类别</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>全部类别</translation>
    </message>
    <message>
        <source>Directions</source>
        <translation>指导列表</translation>
    </message>
    <message>
        <source>Use direction</source>
        <translation>使用此指导</translation>
    </message>
    <message>
        <source>Rename direction</source>
        <translation>重命名指导</translation>
    </message>
    <message>
        <source>Delete direction</source>
        <translation>删除指导</translation>
    </message>
    <message>
        <source>Save under name</source>
        <translation>以此名称保存</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Direction name</source>
        <translation>指导名称</translation>
    </message>
    <message>
        <source>Name, then Enter</source>
        <translation>输入名称后按回车</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Stop drafting</source>
        <translation>停止起草</translation>
    </message>
    <message>
        <source>Draft it for me</source>
        <translation>帮我起草</translation>
    </message>
    <message>
        <source>Free words</source>
        <translation>自由描述</translation>
    </message>
    <message>
        <source>Choose free words</source>
        <translation>选择自由描述</translation>
    </message>
    <message>
        <source>Save free words</source>
        <translation>保存自由描述</translation>
    </message>
    <message>
        <source>Choose role</source>
        <translation>选择角色</translation>
    </message>
    <message>
        <source>Save role</source>
        <translation>保存角色</translation>
    </message>
    <message>
        <source>Choose scene</source>
        <translation>选择场景</translation>
    </message>
    <message>
        <source>Save scene</source>
        <translation>保存场景</translation>
    </message>
    <message>
        <source>Choose guidance</source>
        <translation>选择指导要点</translation>
    </message>
    <message>
        <source>Save guidance</source>
        <translation>保存指导要点</translation>
    </message>
    <message>
        <source>Saved directions</source>
        <translation>已保存的指导</translation>
    </message>
    <message>
        <source>Save direction</source>
        <translation>保存指导</translation>
    </message>
    <message>
        <source>No matching directions.</source>
        <translation>没有符合的指导。</translation>
    </message>
    <message>
        <source>“{name}” has replaced what was there.</source>
        <translation>“{name}”已替换原有内容。</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>“{name}”已删除。</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>还没有可保存的内容。</translation>
    </message>
    <message>
        <source>A name has at most {n} characters. Shorten it.</source>
        <translation>名称最多 {n} 个字符。请缩短。</translation>
    </message>
    <message>
        <source>Type a name first.</source>
        <translation>请先输入名称。</translation>
    </message>
    <message>
        <source>“{before}” is now named “{name}”.</source>
        <translation>“{before}”现已命名为“{name}”。</translation>
    </message>
    <message>
        <source>example</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Saved as “{name}”.</source>
        <translation>已保存为“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” was replaced.</source>
        <translation>“{name}”已被替换。</translation>
    </message>
    <message>
        <source>Whole direction</source>
        <translation>完整指导</translation>
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
        <source>There is a direction “{name}” already.</source>
        <translation>已有名为“{name}”的指导。</translation>
    </message>
    <message>
        <source>There is a role “{name}” already.</source>
        <translation>已有名为“{name}”的角色。</translation>
    </message>
    <message>
        <source>There is a scene “{name}” already.</source>
        <translation>已有名为“{name}”的场景。</translation>
    </message>
    <message>
        <source>There is guidance “{name}” already.</source>
        <translation>已有名为“{name}”的指导要点。</translation>
    </message>
    <message>
        <source>There are free words “{name}” already.</source>
        <translation>已有名为“{name}”的自由描述。</translation>
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
    <message>
        <source>Written from {n} answers</source>
        <translation>由 {n} 个回答合写</translation>
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
        <source>Go on, or stop here and ask a clearer question.</source>
        <translation>可以继续，也可以到此为止，换个更明确的问法。</translation>
    </message>
    <message>
        <source>{rounds} rounds of tool calls.</source>
        <translation>已进行 {rounds} 轮工具调用。</translation>
    </message>
    <message>
        <source>Go on?</source>
        <translation>要继续吗？</translation>
    </message>
    <message>
        <source>The run would cost more than its limit of {limit}.</source>
        <translation>这次运行的费用会超过上限 {limit}。</translation>
    </message>
    <message>
        <source>Raise the limit, or ask this column again.</source>
        <translation>请提高上限，或再问这一列。</translation>
    </message>
    <message>
        <source>There are {most} tools of your own, which is the most.</source>
        <translation>自定义工具已达上限 {most} 个。</translation>
    </message>
    <message>
        <source>Remove some that you no longer need, then add new ones.</source>
        <translation>请先移除不再需要的工具，再添加新的。</translation>
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
        <source>The workbench is already recording elsewhere.</source>
        <translation>工作台正在别处录音。</translation>
    </message>
    <message>
        <source>Stop that recording, then try again.</source>
        <translation>请先停止那段录音，然后重试。</translation>
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
        <source>A grid has at most {most} columns and {most} rows.</source>
        <translation>网格最多 {most} 列、{most} 行。</translation>
    </message>
    <message>
        <source>Nothing was added. Remove one first.</source>
        <translation>未添加。请先移除一项。</translation>
    </message>
    <message>
        <source>The file has no rows.</source>
        <translation>文件中没有行。</translation>
    </message>
    <message>
        <source>Nothing was added. Choose a CSV or JSONL file with a row per case.</source>
        <translation>没有添加任何内容。请选择每个用例一行的 CSV 或 JSONL 文件。</translation>
    </message>
    <message>
        <source>The file is not a text: it may be a picture or an archive.</source>
        <translation>该文件不是文本，可能是图片或压缩包。</translation>
    </message>
    <message>
        <source>A file of cases has at most {limit} bytes; this one has {size}.</source>
        <translation>用例文件最大 {limit} 字节；此文件有 {size} 字节。</translation>
    </message>
    <message>
        <source>Nothing was added. Split the file.</source>
        <translation>没有添加任何内容。请拆分文件。</translation>
    </message>
    <message>
        <source>The next request could pass the spend limit of the run.</source>
        <translation>下一个请求可能超过本次运行的费用上限。</translation>
    </message>
    <message>
        <source>Raise the limit on the Cases page, then run the cases again.</source>
        <translation>请在“用例”页提高上限，然后再次运行。</translation>
    </message>
    <message>
        <source>The price of {model} is unknown, so a spend limit can&apos;t be kept.</source>
        <translation>{model} 的价格未知，因此无法遵守费用上限。</translation>
    </message>
    <message>
        <source>Nothing was sent. Enter the price in Settings, or set the limit to 0.</source>
        <translation>没有发送任何内容。请在设置中填写价格，或将上限设为 0。</translation>
    </message>
    <message>
        <source>A direction or description has at most {most} characters; this one has {length}.</source>
        <translation>一条指导或描述最多 {most} 个字符，这条有 {length} 个。</translation>
    </message>
    <message>
        <source>Nothing was added. Shorten it.</source>
        <translation>未添加。请缩短后再试。</translation>
    </message>
    <message>
        <source>A temperature is a number from {low} to {high}.</source>
        <translation>温度是 {low} 到 {high} 之间的数。</translation>
    </message>
    <message>
        <source>Nothing was added. Enter one of these.</source>
        <translation>未添加。请输入这个范围内的数。</translation>
    </message>
    <message>
        <source>The character sketch is empty.</source>
        <translation>人物小传是空的。</translation>
    </message>
    <message>
        <source>Write a sentence or two about the character, and try again.</source>
        <translation>请写一两句关于人物的话，然后重试。</translation>
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
        <source>There is nothing to save yet.</source>
        <translation>还没有可保存的内容。</translation>
    </message>
    <message>
        <source>Write it first, then save it under a name.</source>
        <translation>请先写好，再用一个名称保存。</translation>
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
        <source>“{voice}” has no consent from its speaker, so nothing is spoken or saved with it.</source>
        <translation>“{voice}”没有说话人的同意，因此不会用它合成或保存任何内容。</translation>
    </message>
    <message>
        <source>If the speaker agrees, confirm it in Voices, Library.</source>
        <translation>如果说话人同意，请在“音色 › 音色库”中确认。</translation>
    </message>
    <message>
        <source>Enter a name.</source>
        <translation>请输入名称。</translation>
    </message>
    <message>
        <source>There is already one named “{name}”.</source>
        <translation>已有名为“{name}”的条目。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
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
        <source>{path} is not in UTF-8: line {line} can&apos;t be read.</source>
        <translation>{path} 不是 UTF-8 编码：无法读取第 {line} 行。</translation>
    </message>
    <message>
        <source>Save it in UTF-8 with a text editor, then open it again.</source>
        <translation>请用文本编辑器将其另存为 UTF-8 编码，再重新打开。</translation>
    </message>
    <message>
        <source>Choose another location.</source>
        <translation>请选择其他位置。</translation>
    </message>
    <message>
        <source>The folder {path} does not exist.</source>
        <translation>文件夹 {path} 不存在。</translation>
    </message>
    <message>
        <source>Choose another folder, or create it. Nothing was lost.</source>
        <translation>请选择其他文件夹，或先创建它。没有丢失任何内容。</translation>
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
        <source>If the speaker agrees, confirm it with “The speaker has agreed”.</source>
        <translation>如果说话人同意，请用“说话人已同意”确认。</translation>
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
        <source>The audition grid of this session is damaged, or was saved by a newer version.</source>
        <translation>此会话的试听网格已损坏，或由更新的版本保存。</translation>
    </message>
    <message>
        <source>It was left as it is. For another grid begin a new session.</source>
        <translation>它已原样保留。要另建网格，请新建会话。</translation>
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
        <translation>请恢复最近的备份，以找回对话和配音。</translation>
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
    <message>
        <source>Use JPEG, PNG, GIF, WebP or BMP; MP3, WAV, FLAC, M4A or OGG; MP4, MOV, AVI or WMV.</source>
        <translation>请使用 JPEG、PNG、GIF、WebP 或 BMP 图片，MP3、WAV、FLAC、M4A 或 OGG 音频，MP4、MOV、AVI 或 WMV 视频。</translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation>“{name}”是空文件。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择其他文件。</translation>
    </message>
    <message>
        <source>“{name}” is no image, sound or video that the service takes.</source>
        <translation>“{name}”不是服务支持的图片、音频或视频。</translation>
    </message>
    <message>
        <source>“{name}” has {size}; a file in a message may have at most {limit}.</source>
        <translation>“{name}”大小为 {size}，消息中的文件不能超过 {limit}。</translation>
    </message>
    <message>
        <source>Make it smaller, or attach it by its address (up to {url_limit}).</source>
        <translation>请将其缩小，或通过网址附加（不超过 {url_limit}）。</translation>
    </message>
    <message>
        <source>The file of “{name}” is missing in the home folder, or was changed there.</source>
        <translation>“{name}”的文件在主目录中缺失或已被改动。</translation>
    </message>
    <message>
        <source>Leave it out of later turns, or attach it again.</source>
        <translation>请在后续轮次中不再发送它，或重新附加。</translation>
    </message>
    <message>
        <source>A message can have at most {count} attachments.</source>
        <translation>一条消息最多可以有 {count} 个附件。</translation>
    </message>
    <message>
        <source>Send these first, then attach the others.</source>
        <translation>请先发送这些附件，再附加其余的。</translation>
    </message>
    <message>
        <source>“{url}” is not an address of the web.</source>
        <translation>“{url}”不是有效的网址。</translation>
    </message>
    <message>
        <source>Enter one that begins with https://, without a password in it.</source>
        <translation>请输入以 https:// 开头、不含密码的网址。</translation>
    </message>
    <message>
        <source>The service fetches only https addresses; this one begins with http://.</source>
        <translation>服务只读取 https 网址，而该网址以 http:// 开头。</translation>
    </message>
    <message>
        <source>Use the https address, or attach the file itself.</source>
        <translation>请使用 https 网址，或直接附加文件。</translation>
    </message>
    <message>
        <source>{host} is this computer or in its network, where the service can&apos;t fetch anything.</source>
        <translation>{host} 是本机或局域网地址，服务无法从那里读取内容。</translation>
    </message>
    <message>
        <source>Attach the file itself.</source>
        <translation>请直接附加文件。</translation>
    </message>
    <message>
        <source>{host} answered with status {status} instead of a file.</source>
        <translation>{host} 返回了状态码 {status}，而不是文件。</translation>
    </message>
    <message>
        <source>Check the address.</source>
        <translation>请检查网址。</translation>
    </message>
    <message>
        <source>That address leads on to another one: {target}.</source>
        <translation>该网址会跳转到另一个网址：{target}。</translation>
    </message>
    <message>
        <source>If you trust it, enter that address.</source>
        <translation>如果信任它，请输入跳转后的网址。</translation>
    </message>
    <message>
        <source>That address answers with a web page, not with a file.</source>
        <translation>该网址返回的是网页，而不是文件。</translation>
    </message>
    <message>
        <source>Use the address of the image, sound or video itself.</source>
        <translation>请使用图片、音频或视频文件本身的网址。</translation>
    </message>
    <message>
        <source>That address answers with {type}, which the service does not take.</source>
        <translation>该网址返回的是 {type}，服务不支持这种格式。</translation>
    </message>
    <message>
        <source>“{name}” is {format}, which the service does not take.</source>
        <translation>“{name}”是 {format} 文件，服务不支持这种格式。</translation>
    </message>
    <message>
        <source>“{name}” has {size}; behind an address the limit is {limit}.</source>
        <translation>“{name}”大小为 {size}，通过网址附加的上限为 {limit}。</translation>
    </message>
    <message>
        <source>Use a smaller file.</source>
        <translation>请使用更小的文件。</translation>
    </message>
    <message>
        <source>The text has more than {most} characters.</source>
        <translation>文本超过 {most} 个字符。</translation>
    </message>
    <message>
        <source>Shorten it, or split it into several prompts.</source>
        <translation>请缩短，或拆分成几个提示词。</translation>
    </message>
    <message>
        <source>The prompt has {most} versions, and no more can be saved.</source>
        <translation>该提示词已有 {most} 个版本，无法再保存更多。</translation>
    </message>
    <message>
        <source>Duplicate it and continue with the copy.</source>
        <translation>请复制一份，在副本上继续。</translation>
    </message>
    <message>
        <source>The front matter begins with --- but has no end.</source>
        <translation>文件头以 --- 开始，但没有结束。</translation>
    </message>
    <message>
        <source>Add a line --- after it.</source>
        <translation>请在其后加一行 ---。</translation>
    </message>
    <message>
        <source>Line {line} of the front matter can&apos;t be read.</source>
        <translation>无法读取文件头的第 {line} 行。</translation>
    </message>
    <message>
        <source>Correct it, or remove it.</source>
        <translation>请更正或删去这一行。</translation>
    </message>
    <message>
        <source>There is no prompt in the file.</source>
        <translation>文件中没有提示词。</translation>
    </message>
    <message>
        <source>Write its text below the front matter.</source>
        <translation>请在文件头下方写入文本。</translation>
    </message>
    <message>
        <source>There are more than {most} files.</source>
        <translation>文件超过 {most} 个。</translation>
    </message>
    <message>
        <source>Import fewer at once.</source>
        <translation>请分批导入。</translation>
    </message>
    <message>
        <source>The package for tool servers (mcp) is not installed.</source>
        <translation>未安装工具服务器所需的软件包（mcp）。</translation>
    </message>
    <message>
        <source>Start the program with “python3 packaging/bootstrap.py run”.</source>
        <translation>请用“python3 packaging/bootstrap.py run”启动本程序。</translation>
    </message>
    <message>
        <source>The connection to the tool servers was lost.</source>
        <translation>与工具服务器的连接已中断。</translation>
    </message>
    <message>
        <source>Press Start server again.</source>
        <translation>请再次点按“启动服务器”。</translation>
    </message>
    <message>
        <source>There are {most} servers, which is the most.</source>
        <translation>服务器已达上限 {most} 个。</translation>
    </message>
    <message>
        <source>Remove some that you no longer need.</source>
        <translation>请移除不再需要的服务器。</translation>
    </message>
    <message>
        <source>The server has neither a command nor an address.</source>
        <translation>此服务器既没有命令，也没有地址。</translation>
    </message>
    <message>
        <source>Type one of them.</source>
        <translation>请填写其中一项。</translation>
    </message>
    <message>
        <source>A quotation mark in the command is not closed.</source>
        <translation>命令中的引号没有成对。</translation>
    </message>
    <message>
        <source>Close it, then start the server.</source>
        <translation>请补全引号，再启动服务器。</translation>
    </message>
    <message>
        <source>These have no value on this computer: {names}.</source>
        <translation>这些名称在本机没有值：{names}。</translation>
    </message>
    <message>
        <source>Type the values, or remove the lines.</source>
        <translation>请填写它们的值，或删除这些行。</translation>
    </message>
    <message>
        <source>There is no program “{command}”.</source>
        <translation>找不到程序“{command}”。</translation>
    </message>
    <message>
        <source>Install it, or type the path to it.</source>
        <translation>请安装它，或填写它的路径。</translation>
    </message>
    <message>
        <source>The folder does not exist: {folder}.</source>
        <translation>文件夹不存在：{folder}。</translation>
    </message>
    <message>
        <source>Correct it, or leave the field empty.</source>
        <translation>请更正，或将该栏留空。</translation>
    </message>
    <message>
        <source>This is not an address of a server: {address}.</source>
        <translation>这不是服务器地址：{address}。</translation>
    </message>
    <message>
        <source>It begins with https://, or with http:// on this computer.</source>
        <translation>地址应以 https:// 开头；本机服务器可用 http://。</translation>
    </message>
    <message>
        <source>The program could not be started: {reason}.</source>
        <translation>无法启动程序：{reason}。</translation>
    </message>
    <message>
        <source>Check the command and whether it may be run.</source>
        <translation>请检查命令，以及该程序是否可以执行。</translation>
    </message>
    <message>
        <source>The server ended with code {status}: “{line}”.</source>
        <translation>服务器已退出，代码 {status}：“{line}”。</translation>
    </message>
    <message>
        <source>Read its log, then start it again.</source>
        <translation>请查看日志，然后重新启动。</translation>
    </message>
    <message>
        <source>The server did not answer within {seconds} s.</source>
        <translation>服务器在 {seconds} 秒内没有响应。</translation>
    </message>
    <message>
        <source>Read its log; it may wait for something, or be no MCP server.</source>
        <translation>请查看日志：它可能在等待什么，也可能不是 MCP 服务器。</translation>
    </message>
    <message>
        <source>This does not speak MCP: {reason}.</source>
        <translation>对方使用的不是 MCP 协议：{reason}。</translation>
    </message>
    <message>
        <source>Check the command or the address.</source>
        <translation>请检查命令或地址。</translation>
    </message>
    <message>
        <source>{host} needs a login (status {status}).</source>
        <translation>{host} 需要登录（状态 {status}）。</translation>
    </message>
    <message>
        <source>Add or correct its key in the headers, such as “Authorization: Bearer …”.</source>
        <translation>请在请求头中添加或更正它的密钥，例如“Authorization: Bearer …”。</translation>
    </message>
    <message>
        <source>{host} refused the connection (status {status}).</source>
        <translation>{host} 拒绝了连接（状态 {status}）。</translation>
    </message>
    <message>
        <source>Check the address; it often ends with /mcp.</source>
        <translation>请检查地址，它通常以 /mcp 结尾。</translation>
    </message>
    <message>
        <source>The server {host} can&apos;t be reached.</source>
        <translation>无法连接服务器 {host}。</translation>
    </message>
    <message>
        <source>Check the address and the network, then start it again.</source>
        <translation>请检查地址和网络，然后重新启动。</translation>
    </message>
    <message>
        <source>The proxy {proxy} did not reach {host}: {reason}.</source>
        <translation>代理 {proxy} 无法连接到 {host}：{reason}。</translation>
    </message>
    <message>
        <source>Check the proxy in Settings, Network, then start the server again.</source>
        <translation>请检查“设置 › 网络”中的代理，然后重新启动服务器。</translation>
    </message>
    <message>
        <source>The server of this tool does not run (any more).</source>
        <translation>提供此工具的服务器未在运行。</translation>
    </message>
    <message>
        <source>Start it in Tools, then replay the call.</source>
        <translation>请在“工具”中启动它，再重放调用。</translation>
    </message>
    <message>
        <source>There was no result and no progress for {seconds} s.</source>
        <translation>{seconds} 秒内既没有结果，也没有进度。</translation>
    </message>
    <message>
        <source>Replay the call, or restart its server in Tools.</source>
        <translation>请重放调用，或在“工具”中重启服务器。</translation>
    </message>
    <message>
        <source>The result is too long, and of a form that can&apos;t be cut.</source>
        <translation>结果过长，且其格式无法截断。</translation>
    </message>
    <message>
        <source>Ask for less, such as fewer rows.</source>
        <translation>请减少请求的内容，例如更少的行。</translation>
    </message>
    <message>
        <source>The result is not what MCP allows.</source>
        <translation>结果不符合 MCP 的规定。</translation>
    </message>
    <message>
        <source>Tell those who make the server; the model was told that it failed.</source>
        <translation>请告知服务器的作者；模型已得知调用失败。</translation>
    </message>
    <message>
        <source>The tool says that it failed.</source>
        <translation>工具报告执行失败。</translation>
    </message>
    <message>
        <source>The model got its reason. You can edit the arguments and replay.</source>
        <translation>模型已收到原因。你可以编辑参数后重放。</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>A page takes {takes} takes and {minutes} minutes at most. Select fewer.</source>
        <translation>一个页面最多容纳 {takes} 条配音、{minutes} 分钟。请少选一些。</translation>
    </message>
    <message>
        <source>There is nothing to vote on: select at least two takes of the same text.</source>
        <translation>没有可投票的内容：请至少选择两条文本相同的配音。</translation>
    </message>
    <message>
        <source>Save audition page</source>
        <translation>保存试听页</translation>
    </message>
    <message>
        <source>Audition</source>
        <translation>试听</translation>
    </message>
    <message>
        <source>Stopped. No page was saved.</source>
        <translation>已停止，没有保存页面。</translation>
    </message>
    <message>
        <source>Stop saving</source>
        <translation>停止保存</translation>
    </message>
    <message>
        <source>Samples are shuffled, of equal length and without names. Which is which stays here: read the votes in on the next tab.</source>
        <translation>样音顺序打乱、长度一致、不显示名称。对应关系只保存在本机：在下一个标签页读入投票。</translation>
    </message>
    <message>
        <source>Names, voices and directions are shown. There is no vote.</source>
        <translation>显示名称、音色和指导，不含投票。</translation>
    </message>
    <message>
        <source>Audition page</source>
        <translation>试听页</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Page title</source>
        <translation>页面标题</translation>
    </message>
    <message>
        <source>Note to listeners</source>
        <translation>给听众的说明</translation>
    </message>
    <message>
        <source>Blind vote</source>
        <translation>盲听投票</translation>
    </message>
    <message>
        <source>Language of the page</source>
        <translation>页面语言</translation>
    </message>
    <message>
        <source>Page language</source>
        <translation>页面语言</translation>
    </message>
    <message>
        <source>One HTML file with all sounds in it, equally loud, as MP3. It opens in any browser and sends nothing.</source>
        <translation>一个 HTML 文件，内含响度一致的全部 MP3 音频。任何浏览器都能打开，不会发送任何内容。</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样音</translation>
    </message>
    <message>
        <source>Samples on the page</source>
        <translation>页面中的样音</translation>
    </message>
    <message>
        <source>Page progress</source>
        <translation>页面进度</translation>
    </message>
    <message>
        <source>Select takes in the studio. They become the samples of the page.</source>
        <translation>在工作室中选择配音，它们会成为页面中的样音。</translation>
    </message>
    <message>
        <source>Presentation folder</source>
        <translation>演示文件夹</translation>
    </message>
    <message>
        <source>Choose folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>being written</source>
        <translation>写入中</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Stop export</source>
        <translation>停止导出</translation>
    </message>
    <message>
        <source>Export takes</source>
        <translation>导出配音</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Files to export</source>
        <translation>要导出的文件</translation>
    </message>
    <message>
        <source>Export progress</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>Select takes in the studio. Their files are listed here by name.</source>
        <translation>在工作室中选择配音，这里会按文件名列出。</translation>
    </message>
    <message>
        <source>Text, voice, direction and parameters, inside each WAV file.</source>
        <translation>文本、音色、指导和参数，写入每个 WAV 文件。</translation>
    </message>
    <message>
        <source>Text, voice, direction and parameters, in a JSON file beside it.</source>
        <translation>文本、音色、指导和参数，写入旁边的 JSON 文件。</translation>
    </message>
    <message>
        <source>Type a name, or choose from the list below.</source>
        <translation>请输入名称，或从下方选择字段。</translation>
    </message>
    <message>
        <source>Export options</source>
        <translation>导出选项</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Export folder</source>
        <translation>导出文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Names of the files</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Name template</source>
        <translation>文件名模板</translation>
    </message>
    <message>
        <source>Insert {field}</source>
        <translation>插入 {field}</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>File format</source>
        <translation>文件格式</translation>
    </message>
    <message>
        <source>Sample rate</source>
        <translation>采样率</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>响度</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>保持原样</translation>
    </message>
    <message>
        <source>To a target</source>
        <translation>调到目标</translation>
    </message>
    <message>
        <source>Target (LUFS)</source>
        <translation>目标 (LUFS)</translation>
    </message>
    <message>
        <source>Loudness target</source>
        <translation>响度目标</translation>
    </message>
    <message>
        <source>Peak limit (dBTP)</source>
        <translation>峰值上限 (dBTP)</translation>
    </message>
    <message>
        <source>Peak limit</source>
        <translation>峰值上限</translation>
    </message>
    <message>
        <source>Write tags: title, voice, text and date</source>
        <translation>写入标签：标题、音色、文本和日期</translation>
    </message>
    <message>
        <source>Write tags</source>
        <translation>写入标签</translation>
    </message>
    <message>
        <source>Save the settings of each take</source>
        <translation>保存每条配音的设置</translation>
    </message>
    <message>
        <source>Save take settings</source>
        <translation>保存配音设置</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export tabs</source>
        <translation>导出标签页</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>投票</translation>
    </message>
    <message>
        <source>The audition page was deleted here, with its votes.</source>
        <translation>已在本机删除该试听页及其投票。</translation>
    </message>
    <message>
        <source>{n} samples</source>
        <translation>{n} 个样音</translation>
    </message>
    <message>
        <source>No preference</source>
        <translation>没有偏好</translation>
    </message>
    <message>
        <source>Blind pages</source>
        <translation>盲听页</translation>
    </message>
    <message>
        <source>Audition pages</source>
        <translation>试听页列表</translation>
    </message>
    <message>
        <source>Delete audition page</source>
        <translation>删除试听页</translation>
    </message>
    <message>
        <source>Blind pages you save are listed here, with their votes.</source>
        <translation>你保存的盲听页及其投票会列在这里。</translation>
    </message>
    <message>
        <source>Codes from listeners</source>
        <translation>听众发回的代码</translation>
    </message>
    <message>
        <source>Vote codes</source>
        <translation>投票代码</translation>
    </message>
    <message>
        <source>Paste one or more codes, or the whole message</source>
        <translation>粘贴一个或多个代码，或整条消息</translation>
    </message>
    <message>
        <source>Read votes in</source>
        <translation>读入投票</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Audition result</source>
        <translation>试听结果</translation>
    </message>
    <message>
        <source>The votes for the selected page stand here.</source>
        <translation>所选页面的投票显示在这里。</translation>
    </message>
    <message>
        <source>Reveal names</source>
        <translation>揭晓名称</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>音色</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>指导</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>There is no field {names}. These exist:</source>
        <translation>没有字段 {names}。可用的字段：</translation>
    </message>
    <message>
        <source>There are no fields {names}. These exist:</source>
        <translation>没有字段 {names}。可用的字段：</translation>
    </message>
    <message>
        <source>1 take · {length}</source>
        <translation>1 条配音 · {length}</translation>
    </message>
    <message>
        <source>{n} takes · {length}</source>
        <translation>{n} 条配音 · {length}</translation>
    </message>
    <message>
        <source>Take {n}</source>
        <translation>配音 {n}</translation>
    </message>
    <message>
        <source>{gain}, {short} dB short: peak limit</source>
        <translation>{gain}，差 {short} dB：受峰值上限限制</translation>
    </message>
    <message>
        <source>Each take is brought to {target} LUFS. Where a true peak would pass {peak} dBTP, the whole take stays quieter; nothing is compressed.</source>
        <translation>每条配音都调到 {target} LUFS。若真峰值会超过 {peak} dBTP，则整条配音保持较低音量，不做压缩。</translation>
    </message>
    <message>
        <source>{n} kHz</source>
        <translation>{n} kHz</translation>
    </message>
    <message>
        <source>Exported {done} of {total}</source>
        <translation>已导出 {done}/{total}</translation>
    </message>
    <message>
        <source>{saved} saved, {failed} could not be exported. The list says why.</source>
        <translation>已保存 {saved} 个，{failed} 个无法导出，原因见列表。</translation>
    </message>
    <message>
        <source>1 file was saved.</source>
        <translation>已保存 1 个文件。</translation>
    </message>
    <message>
        <source>{saved} files were saved.</source>
        <translation>已保存 {saved} 个文件。</translation>
    </message>
    <message>
        <source>Stopped. No file was saved.</source>
        <translation>已停止，没有保存文件。</translation>
    </message>
    <message>
        <source>Stopped. 1 finished file stays.</source>
        <translation>已停止，保留 1 个已完成的文件。</translation>
    </message>
    <message>
        <source>Stopped. {saved} finished files stay.</source>
        <translation>已停止，保留 {saved} 个已完成的文件。</translation>
    </message>
    <message>
        <source>Listeners may guess: the title or the note mentions {names}.</source>
        <translation>听众可能会猜到：标题或说明中提到了 {names}。</translation>
    </message>
    <message>
        <source>1 vote</source>
        <translation>1 票</translation>
    </message>
    <message>
        <source>{n} votes</source>
        <translation>{n} 票</translation>
    </message>
    <message>
        <source>No code was found. A code begins with MIMO-.</source>
        <translation>没有找到代码。代码以 MIMO- 开头。</translation>
    </message>
    <message>
        <source>1 vote was read in.</source>
        <translation>已读入 1 票。</translation>
    </message>
    <message>
        <source>{n} votes were read in.</source>
        <translation>已读入 {n} 票。</translation>
    </message>
    <message>
        <source>{n} belong to a page that is not known here.</source>
        <translation>{n} 个代码属于本机没有的页面。</translation>
    </message>
    <message>
        <source>{n} have a typing error: copy the whole code again.</source>
        <translation>{n} 个代码有误：请重新复制完整的代码。</translation>
    </message>
    <message>
        <source>Sample {label}</source>
        <translation>样音 {label}</translation>
    </message>
    <message>
        <source>No preference was given yet.</source>
        <translation>还没有人给出偏好。</translation>
    </message>
    <message>
        <source>No sample is ahead.</source>
        <translation>没有样音领先。</translation>
    </message>
    <message>
        <source>{sample} has {most} of {all} votes. By chance alone, some sample gets as many in {chance} %.</source>
        <translation>{sample} 得到 {all} 票中的 {most} 票。仅凭偶然，某个样音得到这么多票的概率为 {chance} %。</translation>
    </message>
    <message>
        <source>{sample} has {most} of {all} votes: not enough to call. By chance alone, some sample gets as many in {chance} %.</source>
        <translation>{sample} 得到 {all} 票中的 {most} 票，不足以下结论。仅凭偶然，某个样音得到这么多票的概率为 {chance} %。</translation>
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
        <source>Find in this conversation</source>
        <translation>在此对话中查找</translation>
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
    <message>
        <source>Top P {n}</source>
        <translation>Top P {n}</translation>
    </message>
    <message>
        <source>at most {n} tokens</source>
        <translation>最多 {n} 个 token</translation>
    </message>
    <message>
        <source>written from {n} answers</source>
        <translation>由 {n} 个回答合写</translation>
    </message>
</context>
<context>
    <name>Grid</name>
    <message>
        <source>Voice to add</source>
        <translation>要添加的音色</translation>
    </message>
    <message>
        <source>Direction to add</source>
        <translation>要添加的指导</translation>
    </message>
    <message>
        <source>Add all voices</source>
        <translation>添加全部音色</translation>
    </message>
    <message>
        <source>Temperature to add</source>
        <translation>要添加的温度</translation>
    </message>
    <message>
        <source>Description to add</source>
        <translation>要添加的描述</translation>
    </message>
    <message>
        <source>Describe in a sentence who is speaking and how</source>
        <translation>用一句话描述谁在说话、怎么说</translation>
    </message>
    <message>
        <source>Words of the direction</source>
        <translation>指导的内容</translation>
    </message>
    <message>
        <source>Or describe how the line should sound</source>
        <translation>或描述这句台词该怎么说</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add to the grid</source>
        <translation>添加到网格</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>A voice is added when it is chosen. While the grid is being filled, it joins the queue.</source>
        <translation>选中音色即添加。网格正在填充时，它会加入队列。</translation>
    </message>
    <message>
        <source>Choose a direction, or write one. While the grid is being filled, it joins the queue.</source>
        <translation>选择一条指导，或自己写。网格正在填充时，它会加入队列。</translation>
    </message>
    <message>
        <source>Every take designs the voice anew from its description.</source>
        <translation>每条配音都会根据描述重新设计音色。</translation>
    </message>
    <message>
        <source>Higher temperatures vary more from take to take.</source>
        <translation>温度越高，各条配音之间差异越大。</translation>
    </message>
    <message>
        <source>{t} of {total}</source>
        <translation>{t} / {total}</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Make this cell</source>
        <translation>生成此格</translation>
    </message>
    <message>
        <source>Compare {n}</source>
        <translation>对比 {n} 条</translation>
    </message>
    <message>
        <source>Compare {n} starred</source>
        <translation>对比 {n} 条加星配音</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Compare starred</source>
        <translation>对比加星配音</translation>
    </message>
    <message>
        <source>Star at least two cells to compare them.</source>
        <translation>至少给两格加星才能对比。</translation>
    </message>
    <message>
        <source>move and play</source>
        <translation>移动并播放</translation>
    </message>
    <message>
        <source>Back to the studio</source>
        <translation>返回工作室</translation>
    </message>
    <message>
        <source>Audition grid</source>
        <translation>试听网格</translation>
    </message>
    <message>
        <source>Grid axes</source>
        <translation>网格类型</translation>
    </message>
    <message>
        <source>Voices × directions</source>
        <translation>音色 × 指导</translation>
    </message>
    <message>
        <source>Descriptions × temperature</source>
        <translation>描述 × 温度</translation>
    </message>
    <message>
        <source>Cells ready</source>
        <translation>已就绪的格</translation>
    </message>
    <message>
        <source>Stop the grid to change its line.</source>
        <translation>请先停止网格，再更改台词。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>台词</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Change line</source>
        <translation>更改台词</translation>
    </message>
    <message>
        <source>Grid line</source>
        <translation>网格台词</translation>
    </message>
    <message>
        <source>What every voice says</source>
        <translation>每个音色要说的话</translation>
    </message>
    <message>
        <source>Use this line</source>
        <translation>使用此台词</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Take the studio&apos;s text</source>
        <translation>取用工作室的文本</translation>
    </message>
    <message>
        <source>Audition grid table</source>
        <translation>试听网格表</translation>
    </message>
    <message>
        <source>Grid voices</source>
        <translation>网格音色</translation>
    </message>
    <message>
        <source>Grid directions</source>
        <translation>网格指导</translation>
    </message>
    <message>
        <source>Add voice</source>
        <translation>添加音色</translation>
    </message>
    <message>
        <source>Remove voice</source>
        <translation>移除音色</translation>
    </message>
    <message>
        <source>Add direction</source>
        <translation>添加指导</translation>
    </message>
    <message>
        <source>Remove direction</source>
        <translation>移除指导</translation>
    </message>
    <message>
        <source>Choose voices and directions: each pair becomes a cell that speaks the line.</source>
        <translation>选择音色和指导：每一对组成一格，朗读这句台词。</translation>
    </message>
    <message>
        <source>Add description</source>
        <translation>添加描述</translation>
    </message>
    <message>
        <source>Remove description</source>
        <translation>移除描述</translation>
    </message>
    <message>
        <source>Add temperature</source>
        <translation>添加温度</translation>
    </message>
    <message>
        <source>Remove temperature</source>
        <translation>移除温度</translation>
    </message>
    <message>
        <source>Describe voices and choose temperatures: each pair becomes a cell that speaks the line.</source>
        <translation>描述音色并选择温度：每一对组成一格，朗读这句台词。</translation>
    </message>
    <message>
        <source>Grid: {title}</source>
        <translation>网格：{title}</translation>
    </message>
    <message>
        <source>Write it as a tag</source>
        <translation>写成标签</translation>
    </message>
    <message>
        <source>The line was changed. Its take stays in the list of takes.</source>
        <translation>台词已更改。原来的配音仍在配音列表中。</translation>
    </message>
    <message>
        <source>The line was changed. Its {n} takes stay in the list of takes.</source>
        <translation>台词已更改。原来的 {n} 条配音仍在配音列表中。</translation>
    </message>
    <message>
        <source>As in the studio</source>
        <translation>与工作室相同</translation>
    </message>
    <message>
        <source>That is in the grid already. Nothing was added.</source>
        <translation>网格中已有此项，未添加。</translation>
    </message>
    <message>
        <source>“{name}” was removed. Its takes stay in the list of takes.</source>
        <translation>“{name}”已移除。它的配音仍在配音列表中。</translation>
    </message>
    <message>
        <source>“{name}” is not in the list of what can be added.</source>
        <translation>可添加的列表中没有“{name}”。</translation>
    </message>
    <message>
        <source>Nothing was added. Choose from the list.</source>
        <translation>未添加。请从列表中选择。</translation>
    </message>
    <message>
        <source>described</source>
        <translation>由描述生成</translation>
    </message>
    <message>
        <source>from the library</source>
        <translation>来自音色库</translation>
    </message>
    <message>
        <source>Temperature {n}</source>
        <translation>温度 {n}</translation>
    </message>
    <message>
        <source>No direction</source>
        <translation>无指导</translation>
    </message>
    <message>
        <source>the voice as it is</source>
        <translation>音色原样</translation>
    </message>
    <message>
        <source>free words</source>
        <translation>自由描述</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>计划中</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>朗读中</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>arrives as one block</source>
        <translation>一次性到达</translation>
    </message>
    <message>
        <source>{n} of ≈ {t}</source>
        <translation>{n} / ≈ {t}</translation>
    </message>
    <message>
        <source>{n} takes</source>
        <translation>{n} 条配音</translation>
    </message>
    <message>
        <source>1 description</source>
        <translation>1 个描述</translation>
    </message>
    <message>
        <source>{n} descriptions</source>
        <translation>{n} 个描述</translation>
    </message>
    <message>
        <source>1 temperature</source>
        <translation>1 个温度</translation>
    </message>
    <message>
        <source>{n} temperatures</source>
        <translation>{n} 个温度</translation>
    </message>
    <message>
        <source>1 voice</source>
        <translation>1 个音色</translation>
    </message>
    <message>
        <source>{n} voices</source>
        <translation>{n} 个音色</translation>
    </message>
    <message>
        <source>1 direction</source>
        <translation>1 条指导</translation>
    </message>
    <message>
        <source>{n} directions</source>
        <translation>{n} 条指导</translation>
    </message>
    <message>
        <source>Plan: 1 take in the queue</source>
        <translation>计划：1 条配音在队列中</translation>
    </message>
    <message>
        <source>Plan: {n} takes in the queue</source>
        <translation>计划：{n} 条配音在队列中</translation>
    </message>
    <message>
        <source>Plan: reading the takes</source>
        <translation>计划：正在读取配音</translation>
    </message>
    <message>
        <source>Plan: write the line first</source>
        <translation>计划：请先写台词</translation>
    </message>
    <message>
        <source>Plan: no cells yet</source>
        <translation>计划：还没有格子</translation>
    </message>
    <message>
        <source>Plan: nothing left to make</source>
        <translation>计划：已全部生成</translation>
    </message>
    <message>
        <source>Plan: resume 1 take</source>
        <translation>计划：继续 1 条配音</translation>
    </message>
    <message>
        <source>Plan: resume {n} takes</source>
        <translation>计划：继续 {n} 条配音</translation>
    </message>
    <message>
        <source>Plan: retry 1 failed take</source>
        <translation>计划：重试 1 条失败的配音</translation>
    </message>
    <message>
        <source>Plan: retry {n} failed takes</source>
        <translation>计划：重试 {n} 条失败的配音</translation>
    </message>
    <message>
        <source>Plan: speak 1 stopped take again</source>
        <translation>计划：重读 1 条已停止的配音</translation>
    </message>
    <message>
        <source>Plan: speak {n} stopped takes again</source>
        <translation>计划：重读 {n} 条已停止的配音</translation>
    </message>
    <message>
        <source>Plan: 1 take</source>
        <translation>计划：1 条配音</translation>
    </message>
    <message>
        <source>Plan: {n} takes</source>
        <translation>计划：{n} 条配音</translation>
    </message>
    <message>
        <source>Plan: {n} more takes</source>
        <translation>计划：再生成 {n} 条配音</translation>
    </message>
    <message>
        <source>Resume {n}</source>
        <translation>继续 {n} 条</translation>
    </message>
    <message>
        <source>Retry {n}</source>
        <translation>重试 {n} 个</translation>
    </message>
    <message>
        <source>Redo {n}</source>
        <translation>重做 {n} 条</translation>
    </message>
    <message>
        <source>Fill {n} more</source>
        <translation>再填 {n} 格</translation>
    </message>
    <message>
        <source>Fill grid</source>
        <translation>填满网格</translation>
    </message>
    <message>
        <source>Stop grid</source>
        <translation>停止网格</translation>
    </message>
    <message>
        <source>{n} of {total} ready</source>
        <translation>{total} 格中 {n} 格就绪</translation>
    </message>
    <message>
        <source>{n} paused</source>
        <translation>{n} 格已暂停</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Stop answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Ask MiMo</source>
        <translation>询问 MiMo</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>The answer appears here.</source>
        <translation>回答显示在这里。</translation>
    </message>
    <message>
        <source>Model that hears</source>
        <translation>能听声音的模型</translation>
    </message>
    <message>
        <source>Send text and direction too</source>
        <translation>同时发送文本和指导</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Open in Chat</source>
        <translation>在对话中打开</translation>
    </message>
    <message>
        <source>Nothing was answered. Ask again.</source>
        <translation>没有收到回答。请再问一次。</translation>
    </message>
    <message>
        <source>The answer was copied.</source>
        <translation>回答已复制。</translation>
    </message>
    <message>
        <source>No model that hears is called “{name}”. Choose one of the list.</source>
        <translation>没有名为“{name}”的能听声音的模型。请从列表中选择。</translation>
    </message>
    <message>
        <source>The service offers no model that hears. Choose another one in Settings, Services.</source>
        <translation>该服务没有能听声音的模型。请在“设置”的“服务”中选择其他服务。</translation>
    </message>
    <message>
        <source>{model} listens and answers.</source>
        <translation>{model} 正在听并回答。</translation>
    </message>
    <message>
        <source>{model} · 1 request · ≈ {n} tokens · {cost}</source>
        <translation>{model} · 1 个请求 · 约 {n} 个 token · {cost}</translation>
    </message>
    <message>
        <source>Answered by {model} · {n} tokens · {cost}</source>
        <translation>由 {model} 回答 · {n} 个 token · {cost}</translation>
    </message>
    <message>
        <source>asked for {model}</source>
        <translation>请求的是 {model}</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>音高</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>响度</translation>
    </message>
    <message>
        <source>Measured takes</source>
        <translation>测量的配音</translation>
    </message>
    <message>
        <source>More takes</source>
        <translation>再生成条数</translation>
    </message>
    <message>
        <source>Stop speaking</source>
        <translation>停止朗读</translation>
    </message>
    <message>
        <source>Speak more takes</source>
        <translation>再生成几条</translation>
    </message>
    <message>
        <source>{done} of {total} takes spoken</source>
        <translation>已生成 {done}/{total} 条</translation>
    </message>
    <message>
        <source>A take that was spoken in parts is made again with Redo.</source>
        <translation>分段朗读的配音请用“重做”再生成一次。</translation>
    </message>
    <message>
        <source>The service rewrote this text, so another take would say something else.</source>
        <translation>服务改写过这段文本，再生成一条会说出不同的内容。</translation>
    </message>
    <message>
        <source>These takes were asked for differently.</source>
        <translation>这些配音的请求不同。</translation>
    </message>
    <message>
        <source>Drift: {title}</source>
        <translation>漂移：{title}</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>字词</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>漂移</translation>
    </message>
    <message>
        <source>Ask MiMo about this take</source>
        <translation>向 MiMo 询问这条配音</translation>
    </message>
    <message>
        <source>What this says</source>
        <translation>这说明什么</translation>
    </message>
    <message>
        <source>Checked takes</source>
        <translation>核对的配音</translation>
    </message>
    <message>
        <source>Words heard</source>
        <translation>听到的字词</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>停止核对</translation>
    </message>
    <message>
        <source>Check words</source>
        <translation>核对字词</translation>
    </message>
    <message>
        <source>Words: {title}</source>
        <translation>字词：{title}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>The service offers no recognition model.</source>
        <translation>该服务没有语音识别模型。</translation>
    </message>
    <message>
        <source>What is heard in the take appears here.</source>
        <translation>从配音中听到的内容显示在这里。</translation>
    </message>
    <message>
        <source>Check drift</source>
        <translation>测量漂移</translation>
    </message>
    <message>
        <source>Not heard: {words}. The recogniser may be wrong: listen, then redo the take.</source>
        <translation>没有听到：{words}。识别也可能有误：请先听一遍，再决定是否重做。</translation>
    </message>
    <message>
        <source>Heard, but not in the text: {words}. The recogniser may be wrong: listen, then redo the take.</source>
        <translation>听到了文本中没有的：{words}。识别也可能有误：请先听一遍，再决定是否重做。</translation>
    </message>
    <message>
        <source>No word of the text was recognised. Listen to the take, then redo it or check it again.</source>
        <translation>文本中的字词一个也没有识别到。请听一听这条配音，然后重做，或再次核对。</translation>
    </message>
    <message>
        <source>Hardly a word of the text was recognised, but {words}. Listen to the take.</source>
        <translation>文本中的字词几乎没有被识别到，听到的是{words}。请听一听这条配音。</translation>
    </message>
    <message>
        <source>Not heard: {words}.</source>
        <translation>没有听到：{words}。</translation>
    </message>
    <message>
        <source>Heard, but not in the text: {words}.</source>
        <translation>听到了文本中没有的：{words}。</translation>
    </message>
    <message>
        <source>“{phrase}”</source>
        <translation>“{phrase}”</translation>
    </message>
    <message>
        <source>{words} and {n} more</source>
        <translation>{words} 以及另外 {n} 处</translation>
    </message>
    <message>
        <source>The recogniser makes mistakes too, above all with names, dialects, singing and whispering. Listen before you redo a take.</source>
        <translation>识别也会出错，尤其是人名、方言、歌唱和耳语。重做之前请先听一遍。</translation>
    </message>
    <message>
        <source>The sound and the question are sent to a model that hears. Its answer is an opinion: another model, or the same one again, may hear something else.</source>
        <translation>声音和问题会发送给能听声音的模型。它的回答只是一种看法：换一个模型，或再问一次，都可能听到别的。</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未核对</translation>
    </message>
    <message>
        <source>reading back</source>
        <translation>正在核对</translation>
    </message>
    <message>
        <source>words as written</source>
        <translation>字词无误</translation>
    </message>
    <message>
        <source>Heard by {model}, {time}</source>
        <translation>由 {model} 于 {time} 听写</translation>
    </message>
    <message>
        <source>{done} of {total} takes read back</source>
        <translation>已核对 {done}/{total} 条配音</translation>
    </message>
    <message>
        <source>{take} could not be checked. {reason}</source>
        <translation>{take} 无法核对。{reason}</translation>
    </message>
    <message>
        <source>length within {n} %</source>
        <translation>时长相差不超过 {n}%</translation>
    </message>
    <message>
        <source>pitch within {n} semitones</source>
        <translation>音高相差不超过 {n} 个半音</translation>
    </message>
    <message>
        <source>level within {n} LU</source>
        <translation>响度相差不超过 {n} LU</translation>
    </message>
    <message>
        <source>{measures} over {n} takes</source>
        <translation>{n} 条配音：{measures}</translation>
    </message>
    <message>
        <source>Pitch could not be measured: too little of the takes is voiced.</source>
        <translation>无法测量音高：配音中的浊音太少。</translation>
    </message>
    <message>
        <source>Pitch was measured of {n} takes: the others are hardly voiced.</source>
        <translation>音高只测量了 {n} 条配音：其余的几乎没有浊音。</translation>
    </message>
    <message>
        <source>From the lowest to the highest take. Pitch is the median of the voiced parts. The more takes, the more the figures say.</source>
        <translation>数值是最低与最高的配音之间的差。音高取浊音部分的中位数。配音越多，数值越可靠。</translation>
    </message>
    <message>
        <source>One take has nothing to be compared with. Speak more takes of the same request.</source>
        <translation>只有一条配音，无从比较。请用同一请求再生成几条。</translation>
    </message>
    <message>
        <source>None of these takes is complete and has sound. Speak more takes of the same request.</source>
        <translation>这些配音都不完整或没有声音。请用同一请求再生成几条。</translation>
    </message>
    <message>
        <source>One take is left out: it is not complete, or silent.</source>
        <translation>有一条配音未计入：它不完整或没有声音。</translation>
    </message>
    <message>
        <source>{n} takes are left out: they are not complete, or silent.</source>
        <translation>有 {n} 条配音未计入：它们不完整或没有声音。</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>voice</source>
        <translation>声音</translation>
    </message>
    <message>
        <source>direction</source>
        <translation>指导</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Drift is the difference between takes of one request, and these differ in: {fields}. Select takes that were asked for alike, or one take to use all that are like it.</source>
        <translation>漂移是同一请求的多条配音之间的差别，而这些配音的{fields}不同。请选择请求相同的配音，或只选一条，以便使用所有与它相同的配音。</translation>
    </message>
    <message>
        <source>{n} Hz</source>
        <translation>{n} Hz</translation>
    </message>
    <message>
        <source>pitch unknown</source>
        <translation>音高未知</translation>
    </message>
    <message>
        <source>Listen to this recording of a synthetic voice. How does it sound: mood, pace, stress and pronunciation? Name every word that is unclear, wrong or missing, and say in one sentence what to change.</source>
        <translation>请听这段合成语音。它听起来如何：情绪、语速、重音和发音？请指出每一个不清楚、读错或漏掉的字词，并用一句话说明应当怎样修改。</translation>
    </message>
    <message>
        <source>The text to be spoken was:
{text}</source>
        <translation>要朗读的文本是：
{text}</translation>
    </message>
    <message>
        <source>The direction was:
{direction}</source>
        <translation>指导是：
{direction}</translation>
    </message>
    <message>
        <source>words missing</source>
        <translation>缺少字词</translation>
    </message>
    <message>
        <source>words added</source>
        <translation>多出字词</translation>
    </message>
    <message>
        <source>other words heard</source>
        <translation>听到别的内容</translation>
    </message>
    <message>
        <source>{n} takes</source>
        <translation>{n} 条配音</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Copied. Attached files are not recorded: put their data where the code says how many characters they had. The code reads the API key from {variable}.</source>
        <translation>已复制。附件不会被记录：请在代码中标有字符数的地方填入附件数据。代码从 {variable} 读取 API 密钥。</translation>
    </message>
    <message>
        <source>Copied. The demo service only answers this program, so the code won&apos;t run as it is. Put the address of your own service into it, and set YOUR_API_KEY to its key.</source>
        <translation>已复制。示例服务只响应本程序，这段代码无法直接运行。请把其中的地址换成您自己的服务，并将 YOUR_API_KEY 设为它的密钥。</translation>
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
        <source>Only chat calls can be sent again here. A take has Redo in Studio.</source>
        <translation>此处只能再次发送聊天调用。配音请在“工作室”中用“重做”。</translation>
    </message>
    <message>
        <source>The request is not valid JSON yet. Correct line {line}, then send again.</source>
        <translation>请求还不是有效的 JSON。请改正第 {line} 行，然后再次发送。</translation>
    </message>
    <message>
        <source>A file of this request is no longer kept. Take it out, then send again.</source>
        <translation>此请求中的一个文件已不再保存。请将其移除，然后再次发送。</translation>
    </message>
    <message>
        <source>A chat request is an object with a list of messages. Add them, then send again.</source>
        <translation>聊天请求是一个带有消息列表的对象。请补上消息列表，然后再次发送。</translation>
    </message>
    <message>
        <source>Copied. The code reads the API key from MIMO_API_KEY.</source>
        <translation>已复制。代码会从 MIMO_API_KEY 读取 API 密钥。</translation>
    </message>
    <message>
        <source>Here {n}</source>
        <translation>此处 {n}</translation>
    </message>
    <message>
        <source>All {n}</source>
        <translation>全部 {n}</translation>
    </message>
    <message>
        <source>No call contains this.</source>
        <translation>没有调用包含此内容。</translation>
    </message>
    <message>
        <source>No calls here yet. Select All for earlier ones.</source>
        <translation>此处尚无调用。以前的调用请选“全部”。</translation>
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
        <source>Search calls</source>
        <translation>搜索调用</translation>
    </message>
    <message>
        <source>Calls here</source>
        <translation>此处的调用</translation>
    </message>
    <message>
        <source>Calls of this conversation, and calls of this run that belong to none</source>
        <translation>此对话的调用，以及本次运行中不属于任何对话的调用</translation>
    </message>
    <message>
        <source>All calls</source>
        <translation>全部调用</translation>
    </message>
    <message>
        <source>All calls, also of earlier runs</source>
        <translation>全部调用，包括以前运行时的调用</translation>
    </message>
    <message>
        <source>Choose the call to compare with.</source>
        <translation>请选择要与之比较的调用。</translation>
    </message>
    <message>
        <source>Cancel comparison</source>
        <translation>取消比较</translation>
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
        <source>No call</source>
        <translation>无调用</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>响应</translation>
    </message>
    <message>
        <source>Parts of the call</source>
        <translation>调用的各部分</translation>
    </message>
    <message>
        <source>All request headers</source>
        <translation>全部请求头</translation>
    </message>
    <message>
        <source>All response headers</source>
        <translation>全部响应头</translation>
    </message>
    <message>
        <source>Show the list of calls</source>
        <translation>显示调用列表</translation>
    </message>
    <message>
        <source>Open find in call</source>
        <translation>打开调用内查找</translation>
    </message>
    <message>
        <source>Fold or unfold at the cursor</source>
        <translation>折叠或展开光标处</translation>
    </message>
    <message>
        <source>Show more of what is folded</source>
        <translation>展开更多已折叠的内容</translation>
    </message>
    <message>
        <source>Show the timeline</source>
        <translation>显示时间线</translation>
    </message>
    <message>
        <source>Show copy, compare and send again</source>
        <translation>显示复制、比较和再次发送</translation>
    </message>
    <message>
        <source>See exactly what went to the service, what came back, and when. Send a message, or choose a call from the list; then you can edit the request and send it again, copy it as code, or compare it.</source>
        <translation>在这里查看发给服务的内容、返回的内容和时间。发送一条消息，或从列表中选择一次调用；之后可以修改请求并重新发送、复制为代码，或与另一次调用对比。</translation>
    </message>
    <message>
        <source>Restore request</source>
        <translation>恢复请求</translation>
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
        <source>Compare with</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Stop call</source>
        <translation>停止调用</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>再次发送</translation>
    </message>
    <message>
        <source>Sends this request as it is shown. The answer becomes another version.</source>
        <translation>按此处显示的内容原样发送该请求，回答会成为另一个版本。</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>{call}, try {n}</source>
        <translation>{call}，第 {n} 次尝试</translation>
    </message>
    <message>
        <source>Dictation</source>
        <translation>听写</translation>
    </message>
    <message>
        <source>Model list</source>
        <translation>模型列表</translation>
    </message>
    <message>
        <source>Answer elsewhere</source>
        <translation>其他对话的回答</translation>
    </message>
    <message>
        <source>Answer {n}</source>
        <translation>回答 {n}</translation>
    </message>
    <message>
        <source>{call}, version {n}</source>
        <translation>{call}，第 {n} 版</translation>
    </message>
    <message>
        <source>{call}, step {n}</source>
        <translation>{call}，第 {n} 步</translation>
    </message>
    <message>
        <source>Speak answer {n}</source>
        <translation>朗读回答 {n}</translation>
    </message>
    <message>
        <source>Speak “{words}”</source>
        <translation>朗读“{words}”</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
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
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Find in call</source>
        <translation>在调用中查找</translation>
    </message>
    <message>
        <source>Find previous in call</source>
        <translation>查找调用中的上一个</translation>
    </message>
    <message>
        <source>Find next in call</source>
        <translation>查找调用中的下一个</translation>
    </message>
    <message>
        <source>Close find in call</source>
        <translation>关闭调用内查找</translation>
    </message>
    <message>
        <source>From {before} to {after}</source>
        <translation>从“{before}”到“{after}”</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Fields of the request</source>
        <translation>请求字段</translation>
    </message>
    <message>
        <source>Words of the answer</source>
        <translation>回答文字</translation>
    </message>
    <message>
        <source>Tool calls</source>
        <translation>工具调用</translation>
    </message>
    <message>
        <source>Close comparison</source>
        <translation>关闭比较</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>First byte</source>
        <translation>首字节</translation>
    </message>
    <message>
        <source>First text or sound</source>
        <translation>首个文字或声音</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Longest gap</source>
        <translation>最长间隔</translation>
    </message>
    <message>
        <source>Prompt tokens</source>
        <translation>提示 token 数</translation>
    </message>
    <message>
        <source>Answer tokens</source>
        <translation>回答 token 数</translation>
    </message>
    <message>
        <source>Tokens of thinking</source>
        <translation>思考 token 数</translation>
    </message>
    <message>
        <source>First thought</source>
        <translation>首次思考</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>A request is not saved completely, or it is not JSON.</source>
        <translation>有一个请求未完整保存，或者不是 JSON。</translation>
    </message>
    <message>
        <source>The requests are the same.</source>
        <translation>两个请求相同。</translation>
    </message>
    <message>
        <source>More fields differ than the {n} that are listed.</source>
        <translation>除列出的 {n} 个字段外，还有其他字段不同。</translation>
    </message>
    <message>
        <source>added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>The answers have the same words.</source>
        <translation>两个回答的文字相同。</translation>
    </message>
    <message>
        <source>The tool calls are the same: {names}.</source>
        <translation>工具调用相同：{names}。</translation>
    </message>
    <message>
        <source>{n} characters that are the same</source>
        <translation>{n} 个相同的字符</translation>
    </message>
    <message>
        <source>Only the first {n} of {total} events are kept.</source>
        <translation>{total} 个事件中只保留了前 {n} 个。</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>key hidden, also when copied</source>
        <translation>密钥已隐藏，复制时也是</translation>
    </message>
    <message>
        <source>can be edited</source>
        <translation>可编辑</translation>
    </message>
    <message>
        <source>Line {line}: {reason}</source>
        <translation>第 {line} 行：{reason}</translation>
    </message>
    <message>
        <source>a comma or a colon is missing here.</source>
        <translation>此处缺少逗号或冒号。</translation>
    </message>
    <message>
        <source>a name in double quotes is missing here.</source>
        <translation>此处缺少用双引号括起的名称。</translation>
    </message>
    <message>
        <source>a value is missing here.</source>
        <translation>此处缺少值。</translation>
    </message>
    <message>
        <source>a text has no closing quote.</source>
        <translation>有一段文本缺少结尾引号。</translation>
    </message>
    <message>
        <source>a line break in a text is written \n.</source>
        <translation>文本中的换行须写作 \n。</translation>
    </message>
    <message>
        <source>a backslash in a text is written twice.</source>
        <translation>文本中的反斜杠须写两次。</translation>
    </message>
    <message>
        <source>something follows after the end.</source>
        <translation>结尾之后还有多余内容。</translation>
    </message>
    <message>
        <source>there is one comma too many here.</source>
        <translation>此处多了一个逗号。</translation>
    </message>
    <message>
        <source>this is not valid JSON.</source>
        <translation>这不是有效的 JSON。</translation>
    </message>
    <message>
        <source>too many brackets lie inside one another.</source>
        <translation>括号嵌套过深。</translation>
    </message>
    <message>
        <source>{format}, {size}</source>
        <translation>{format}，{size}</translation>
    </message>
    <message>
        <source>file, {size}</source>
        <translation>文件，{size}</translation>
    </message>
    <message>
        <source>{n} more characters</source>
        <translation>还有 {n} 个字符</translation>
    </message>
    <message>
        <source>{n} more items</source>
        <translation>还有 {n} 项</translation>
    </message>
    <message>
        <source>{n} more fields</source>
        <translation>还有 {n} 个字段</translation>
    </message>
    <message>
        <source>list of {n}</source>
        <translation>{n} 项的列表</translation>
    </message>
    <message>
        <source>object with {n} fields</source>
        <translation>{n} 个字段的对象</translation>
    </message>
    <message>
        <source>chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>recognition</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>This call is from an earlier run: only its first {n} characters are saved. {size} were sent.</source>
        <translation>此调用来自以前的运行：只保存了前 {n} 个字符，共发送 {size}。</translation>
    </message>
    <message>
        <source>Attached files are not recorded. Send again adds those that the conversation still has.</source>
        <translation>附件不会被记录。再次发送时会补上此对话仍保存的附件。</translation>
    </message>
    <message>
        <source>Another try followed: only the first 16 kB of this response are kept.</source>
        <translation>之后又重试过：此响应只保留了前 16 kB。</translation>
    </message>
    <message>
        <source>This call is from an earlier run: only its first {n} characters are saved. {size} were received.</source>
        <translation>此调用来自以前的运行：只保存了前 {n} 个字符，共收到 {size}。</translation>
    </message>
    <message>
        <source>The response was dropped to make room for newer calls.</source>
        <translation>为给较新的调用腾出空间，此响应已被丢弃。</translation>
    </message>
    <message>
        <source>{left_out} from the middle of {size} are not kept.</source>
        <translation>{size} 中间的 {left_out} 未保留。</translation>
    </message>
    <message>
        <source>Timeline: no call</source>
        <translation>时间线：无调用</translation>
    </message>
    <message>
        <source>Timeline: {facts}</source>
        <translation>时间线：{facts}</translation>
    </message>
    <message>
        <source>First sound {n}</source>
        <translation>首个声音 {n}</translation>
    </message>
    <message>
        <source>First text {n}</source>
        <translation>首个文字 {n}</translation>
    </message>
    <message>
        <source>First byte {n}</source>
        <translation>首字节 {n}</translation>
    </message>
    <message>
        <source>First thought {n}</source>
        <translation>首次思考 {n}</translation>
    </message>
    <message>
        <source>End {n}</source>
        <translation>结束 {n}</translation>
    </message>
    <message>
        <source>1 event</source>
        <translation>1 个事件</translation>
    </message>
    <message>
        <source>{n} events</source>
        <translation>{n} 个事件</translation>
    </message>
    <message>
        <source>longest gap {time}</source>
        <translation>最长间隔 {time}</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>events per {time}</source>
        <translation>每 {time} 的事件数</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
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
        <translation>正在生成的配音和其他需要服务处理的工作会列在这里。</translation>
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
        <source>images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>web search</source>
        <translation>联网搜索</translation>
    </message>
    <message>
        <source>retired</source>
        <translation>已下线</translation>
    </message>
    <message>
        <source>needs a contract</source>
        <translation>需签约</translation>
    </message>
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
        <translation>单条配音时限（秒）</translation>
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
        <source>{n} found</source>
        <translation>找到 {n} 项</translation>
    </message>
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
    <message>
        <source>move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>run</source>
        <translation>执行</translation>
    </message>
    <message>
        <source>play a voice</source>
        <translation>试听音色</translation>
    </message>
    <message>
        <source>close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>all shortcuts</source>
        <translation>所有快捷键</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Do</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>音色</translation>
    </message>
    <message>
        <source>Studio sessions</source>
        <translation>工作室会话</translation>
    </message>
    <message>
        <source>Comparisons</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Transcripts</source>
        <translation>转写文字</translation>
    </message>
    <message>
        <source>Case sets</source>
        <translation>用例集</translation>
    </message>
    <message>
        <source>Tool servers</source>
        <translation>工具服务器</translation>
    </message>
</context>
<context>
    <name>Parameters</name>
    <message>
        <source>default, {n}</source>
        <translation>默认 {n}</translation>
    </message>
    <message>
        <source>Stop sequences ({n} of {most})</source>
        <translation>停止序列（{n}/{most}）</translation>
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
        <source>Web search</source>
        <translation>联网搜索</translation>
    </message>
    <message>
        <source>Force search</source>
        <translation>强制搜索</translation>
    </message>
    <message>
        <source>Search keywords</source>
        <translation>搜索关键词数</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>搜索结果数</translation>
    </message>
    <message>
        <source>Search location</source>
        <translation>搜索位置</translation>
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
        <source>Extra body</source>
        <translation>附加请求字段</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果数</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>While thinking, the platform always uses 1.0.</source>
        <translation>思考时平台始终使用 1.0。</translation>
    </message>
    <message>
        <source>While thinking, the platform always uses 0.95.</source>
        <translation>思考时平台始终使用 0.95。</translation>
    </message>
    <message>
        <source>The Anthropic protocol has no such field.</source>
        <translation>Anthropic 协议没有此字段。</translation>
    </message>
    <message>
        <source>Tells MiMo who it is and how to behave; it goes before the messages. {date} and {week} are filled in. Default: the prompt that the platform recommends.</source>
        <translation>告诉 MiMo 它是谁、该如何回答，放在所有消息之前。{date} 和 {week} 会自动填入。默认：平台推荐的提示词。</translation>
    </message>
    <message>
        <source>Sets Thinking, Temperature and Top P to what the platform recommends for a kind of work. Any of them can be changed afterwards.</source>
        <translation>按平台对某类任务的推荐设置思考、温度和 Top P，之后仍可逐项修改。</translation>
    </message>
    <message>
        <source>How freely MiMo picks its words: low is steady, high is varied. Change this or Top P, not both.</source>
        <translation>MiMo 选词的自由度：低则稳定，高则多变。温度和 Top P 只改其一。</translation>
    </message>
    <message>
        <source>MiMo picks only from the most likely words, until together they reach this probability. Change this or Temperature, not both.</source>
        <translation>MiMo 只从概率最高的词中选择，直到这些词的概率之和达到此值。Top P 和温度只改其一。</translation>
    </message>
    <message>
        <source>The most tokens that thinking and answer may have together. Thinking alone can use up a small limit.</source>
        <translation>思考与回答合计的 token 上限。上限太小时，仅思考就可能用完。</translation>
    </message>
    <message>
        <source>The platform searches the web before MiMo answers. Default: off.</source>
        <translation>平台在 MiMo 回答前搜索网页。默认：关。</translation>
    </message>
    <message>
        <source>Searches for every message, instead of letting MiMo decide. Default: off.</source>
        <translation>每条消息都搜索，而不是由 MiMo 决定。默认：关。</translation>
    </message>
    <message>
        <source>The most searches for one answer. Each is billed. From 1 to 50, default 5.</source>
        <translation>一次回答最多搜索的次数，每次都计费。1 到 50，默认 5。</translation>
    </message>
    <message>
        <source>The most pages that a search returns. From 1 to 50, default 5.</source>
        <translation>每次搜索最多返回的网页数。1 到 50，默认 5。</translation>
    </message>
    <message>
        <source>A place whose results come first. Default: none.</source>
        <translation>优先显示该地点的结果。默认：无。</translation>
    </message>
    <message>
        <source>The answer will be valid JSON, but not with certain keys: ask for JSON and describe it in a message. Default: off.</source>
        <translation>回答会是有效的 JSON，但不保证键名：请在消息中要求 JSON 并说明其结构。默认：关。</translation>
    </message>
    <message>
        <source>Shows the answer while it is written. Off, it arrives in one piece. Default: on.</source>
        <translation>边生成边显示回答。关闭后一次性返回。默认：开。</translation>
    </message>
    <message>
        <source>Sends MiMo&apos;s earlier thinking back with every message, as the platform recommends. Off saves tokens; thinking before tool calls is always sent. Default: on.</source>
        <translation>按平台建议，每次都把 MiMo 之前的思考发回。关闭可节省 token；工具调用前的思考始终发送。默认：开。</translation>
    </message>
    <message>
        <source>Every tool call waits until you allow, deny or answer it. It holds for all conversations. Default: on.</source>
        <translation>每次工具调用都等你允许、拒绝或代为回答。对所有对话生效。默认：开。</translation>
    </message>
    <message>
        <source>The answer ends before the first of these texts. Up to 4, one per line. Default: none.</source>
        <translation>回答在首次出现其中任一文本之前结束。最多 4 个，每行一个。默认：无。</translation>
    </message>
    <message>
        <source>Above 0, words become less likely the more often they were used; below 0, more likely.</source>
        <translation>大于 0 时，词用得越多越不易再出现；小于 0 则相反。</translation>
    </message>
    <message>
        <source>Above 0, words that were used at all become less likely; below 0, more likely.</source>
        <translation>大于 0 时，用过的词不易再出现；小于 0 则相反。</translation>
    </message>
    <message>
        <source>A JSON object whose fields are added to every request. The platform ignores unknown fields without a word, so a typo has no effect; over the Anthropic protocol they are refused. Default: none.</source>
        <translation>一个 JSON 对象，其字段加入每个请求。平台会悄悄忽略未知字段，因此拼写错误不会有任何作用；Anthropic 协议则会拒绝。默认：无。</translation>
    </message>
    <message>
        <source>From {low} to {high}.</source>
        <translation>范围 {low} 到 {high}。</translation>
    </message>
    <message>
        <source>From {low} to {high}, default {default}.</source>
        <translation>范围 {low} 到 {high}，默认 {default}。</translation>
    </message>
    <message>
        <source>while thinking</source>
        <translation>思考时锁定</translation>
    </message>
    <message>
        <source>not over Anthropic</source>
        <translation>Anthropic 协议不支持</translation>
    </message>
    <message>
        <source>not for this model</source>
        <translation>此模型不支持</translation>
    </message>
    <message>
        <source>refused by the service</source>
        <translation>服务不接受</translation>
    </message>
    <message>
        <source>While thinking, the platform uses {value} whatever is sent. Your own value is kept.</source>
        <translation>思考时无论发送什么，平台都使用 {value}。你设置的值会保留。</translation>
    </message>
    <message>
        <source>The Anthropic protocol has no such field, so it is not sent. Your own value is kept.</source>
        <translation>Anthropic 协议没有此字段，因此不发送。你设置的值会保留。</translation>
    </message>
    <message>
        <source>This model can&apos;t do that, so it is not sent. Your own value is kept.</source>
        <translation>此模型不支持，因此不发送。你设置的值会保留。</translation>
    </message>
    <message>
        <source>Settings say that this service refuses it, so it is not sent. Your own value is kept.</source>
        <translation>设置中注明此服务不接受该字段，因此不发送。你设置的值会保留。</translation>
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
        <source>Own defaults of new conversations</source>
        <translation>新对话的自定义默认值</translation>
    </message>
    <message>
        <source>Saved prompts</source>
        <translation>已保存的提示词</translation>
    </message>
    <message>
        <source>Use as default</source>
        <translation>设为默认值</translation>
    </message>
    <message>
        <source>New conversations begin with these parameters, tools and prompt</source>
        <translation>新对话将使用当前的参数、工具和提示词</translation>
    </message>
    <message>
        <source>Clear defaults</source>
        <translation>清除默认值</translation>
    </message>
    <message>
        <source>Clear own defaults</source>
        <translation>清除自定义默认值</translation>
    </message>
    <message>
        <source>New conversations begin with your own defaults.</source>
        <translation>新对话使用你的自定义默认值。</translation>
    </message>
    <message>
        <source>New conversations take over the prompt, thinking, temperature, Top P and streaming of the one before.</source>
        <translation>新对话沿用上一个对话的提示词、思考、温度、Top P 和流式设置。</translation>
    </message>
    <message>
        <source>JSON, such as {&quot;seed&quot;: 7}</source>
        <translation>JSON，例如 {&quot;seed&quot;: 7}</translation>
    </message>
    <message>
        <source>Not sent: this is not JSON in line {line}, character {column}. Correct it there.</source>
        <translation>未发送：第 {line} 行第 {column} 个字符处不是 JSON。请在该处修改。</translation>
    </message>
    <message>
        <source>Not sent: this must be an object. Put the fields between { and }.</source>
        <translation>未发送：必须是对象。请把字段放在 { 和 } 之间。</translation>
    </message>
    <message>
        <source>Not sent: “{field}” stands here twice. Remove one of them.</source>
        <translation>未发送：“{field}”出现了两次。请删去一个。</translation>
    </message>
    <message>
        <source>Not sent: “{field}” is set by the workbench itself. Remove it here.</source>
        <translation>未发送：“{field}”由工作台自行设置。请在此删去。</translation>
    </message>
    <message>
        <source>Not sent: “{field}” looks like an API key. Keys belong in Settings, Services. Remove it here.</source>
        <translation>未发送：“{field}”像是 API 密钥。密钥应填在“设置”的“服务”中，请在此删去。</translation>
    </message>
    <message>
        <source>“{field}” here overrules the control for it on this page.</source>
        <translation>此处的“{field}”优先于本页的对应控件。</translation>
    </message>
    <message>
        <source>“{field}” is sent, but no service documents it. Did you mean “{similar}”?</source>
        <translation>“{field}”会发送，但没有服务的文档提到它。是否应为“{similar}”？</translation>
    </message>
    <message>
        <source>{n} changed</source>
        <translation>{n} 项已更改</translation>
    </message>
    <message>
        <source>Nothing changed</source>
        <translation>未更改</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Reset everything to your own defaults</source>
        <translation>全部恢复为你的自定义默认值</translation>
    </message>
    <message>
        <source>Reset everything to the model&apos;s defaults</source>
        <translation>全部恢复为模型的默认值</translation>
    </message>
    <message>
        <source>What is this? {name}</source>
        <translation>这是什么？{name}</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已更改</translation>
    </message>
    <message>
        <source>Reset {name}</source>
        <translation>恢复{name}的默认值</translation>
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
    <name>Prompts</name>
    <message>
        <source>Import prompts</source>
        <translation>导入提示词</translation>
    </message>
    <message>
        <source>Import a folder of prompts</source>
        <translation>导入文件夹中的提示词</translation>
    </message>
    <message>
        <source>Export prompt</source>
        <translation>导出提示词</translation>
    </message>
    <message>
        <source>“{prompt}” was exported to {name}, with every version.</source>
        <translation>“{prompt}”及其全部版本已导出到 {name}。</translation>
    </message>
    <message>
        <source>“{prompt}” was exported to {name}, up to {version}. What is not saved is not in it.</source>
        <translation>“{prompt}”已导出到 {name}，截至 {version}；未保存的内容不在其中。</translation>
    </message>
    <message>
        <source>Export all prompts</source>
        <translation>导出全部提示词</translation>
    </message>
    <message>
        <source>{n} prompts were exported to {name}.</source>
        <translation>已将 {n} 个提示词导出到 {name}。</translation>
    </message>
    <message>
        <source>“{name}” was imported.</source>
        <translation>已导入“{name}”。</translation>
    </message>
    <message>
        <source>{n} prompts were imported.</source>
        <translation>已导入 {n} 个提示词。</translation>
    </message>
    <message>
        <source>“{name}” is already in the library, with the same versions.</source>
        <translation>“{name}”已在库中，版本相同。</translation>
    </message>
    <message>
        <source>{n} prompts are already in the library, with the same versions.</source>
        <translation>{n} 个提示词已在库中，版本相同。</translation>
    </message>
    <message>
        <source>No Markdown or text file was found there.</source>
        <translation>那里没有 Markdown 或文本文件。</translation>
    </message>
    <message>
        <source>Imported, but not all was kept. The files are as they were.</source>
        <translation>已导入，但未能全部保留。文件本身未改动。</translation>
    </message>
    <message>
        <source>The name was cut to {n} characters.</source>
        <translation>名称截短为 {n} 个字符。</translation>
    </message>
    <message>
        <source>Notes were cut to {n} characters.</source>
        <translation>备注截短为 {n} 个字符。</translation>
    </message>
    <message>
        <source>Tags were cut to {n} characters.</source>
        <translation>标签截短为 {n} 个字符。</translation>
    </message>
    <message>
        <source>Only the first {n} tags were kept.</source>
        <translation>只保留了前 {n} 个标签。</translation>
    </message>
    <message>
        <source>A file was not imported.</source>
        <translation>有一个文件未导入。</translation>
    </message>
    <message>
        <source>{n} files were not imported.</source>
        <translation>有 {n} 个文件未导入。</translation>
    </message>
    <message>
        <source>And {n} more.</source>
        <translation>另有 {n} 个。</translation>
    </message>
    <message>
        <source>No prompt matches the search and the filters.</source>
        <translation>没有符合搜索和筛选条件的提示词。</translation>
    </message>
    <message>
        <source>Show all prompts</source>
        <translation>显示全部提示词</translation>
    </message>
    <message>
        <source>Prompts you use again are kept here, with every version. Create one, or drop Markdown files here.</source>
        <translation>常用的提示词都在这里，每个版本都会保留。新建一个，或把 Markdown 文件拖到这里。</translation>
    </message>
    <message>
        <source>Begin a prompt</source>
        <translation>新建提示词</translation>
    </message>
    <message>
        <source>Search prompts</source>
        <translation>搜索提示词</translation>
    </message>
    <message>
        <source>Search names, text, tags, notes</source>
        <translation>搜索名称、文本、标签、备注</translation>
    </message>
    <message>
        <source>Prompt library</source>
        <translation>提示词库</translation>
    </message>
    <message>
        <source>Kind of prompts</source>
        <translation>提示词类型筛选</translation>
    </message>
    <message>
        <source>Every kind</source>
        <translation>全部类型</translation>
    </message>
    <message>
        <source>Order of prompts</source>
        <translation>提示词排序</translation>
    </message>
    <message>
        <source>Type / in Chat to use the same prompts</source>
        <translation>对话中输入 / 也能使用这些提示词</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>New prompt</source>
        <translation>新建提示词</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>提示词库</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Tag {tag}</source>
        <translation>标签“{tag}”</translation>
    </message>
    <message>
        <source>All {n}</source>
        <translation>全部 {n}</translation>
    </message>
    <message>
        <source>All prompts</source>
        <translation>全部提示词</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Fewer tags</source>
        <translation>收起标签</translation>
    </message>
    <message>
        <source>More tags</source>
        <translation>更多标签</translation>
    </message>
    <message>
        <source>No prompt is open</source>
        <translation>没有打开的提示词</translation>
    </message>
    <message>
        <source>Remove tag {tag}</source>
        <translation>移除标签“{tag}”</translation>
    </message>
    <message>
        <source>Prompt name</source>
        <translation>提示词名称</translation>
    </message>
    <message>
        <source>Name of the prompt, then Enter</source>
        <translation>输入提示词名称，按回车</translation>
    </message>
    <message>
        <source>Rename prompt</source>
        <translation>重命名提示词</translation>
    </message>
    <message>
        <source>Delete prompt</source>
        <translation>删除提示词</translation>
    </message>
    <message>
        <source>Add tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新标签</translation>
    </message>
    <message>
        <source>Tag, then Enter</source>
        <translation>输入标签，按回车</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Prompt kind</source>
        <translation>提示词类型</translation>
    </message>
    <message>
        <source>Prompt text</source>
        <translation>提示词文本</translation>
    </message>
    <message>
        <source>Write the prompt. {{name}} makes a variable.</source>
        <translation>在此编写提示词。{{name}} 会成为变量。</translation>
    </message>
    <message>
        <source>Version note</source>
        <translation>版本备注</translation>
    </message>
    <message>
        <source>What changed, in a few words</source>
        <translation>简述改动</translation>
    </message>
    <message>
        <source>Save version</source>
        <translation>保存版本</translation>
    </message>
    <message>
        <source>Use in Bench</source>
        <translation>用于实验台</translation>
    </message>
    <message>
        <source>Use in Chat</source>
        <translation>用于对话</translation>
    </message>
    <message>
        <source>≈ {n} tokens</source>
        <translation>≈ {n} 个 token</translation>
    </message>
    <message>
        <source>{version} was saved elsewhere in the meantime. What you typed stays and becomes the next version.</source>
        <translation>{version} 已在别处保存。你输入的内容会保留，成为下一个版本。</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>There is nothing to save. Write the text first.</source>
        <translation>没有可保存的内容，请先写文本。</translation>
    </message>
    <message>
        <source>Untitled prompt</source>
        <translation>未命名提示词</translation>
    </message>
    <message>
        <source>{name} already has this text.</source>
        <translation>“{name}”已经是这段文本。</translation>
    </message>
    <message>
        <source>Saved as {version} of {name}.</source>
        <translation>已保存为“{name}”的 {version}。</translation>
    </message>
    <message>
        <source>A prompt needs a name. It keeps the one it has.</source>
        <translation>提示词需要名称，已保留原名称。</translation>
    </message>
    <message>
        <source>“{before}” is now named “{name}”.</source>
        <translation>“{before}”已重命名为“{name}”。</translation>
    </message>
    <message>
        <source>The tag “{tag}” was removed.</source>
        <translation>已移除标签“{tag}”。</translation>
    </message>
    <message>
        <source>“{name}” is a copy of “{original}”.</source>
        <translation>“{name}”是“{original}”的副本。</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>“{name}”已删除。</translation>
    </message>
    <message>
        <source>A version has at most {n} characters. Shorten the text to save it as a version; until then it stays here.</source>
        <translation>一个版本最多 {n} 个字符。请缩短文本；在此之前会原样保留。</translation>
    </message>
    <message>
        <source>“{name}” is the system prompt of this conversation now.</source>
        <translation>“{name}”现在是此对话的系统提示词。</translation>
    </message>
    <message>
        <source>“{name}” is in the message field.</source>
        <translation>“{name}”已放入消息框。</translation>
    </message>
    <message>
        <source>Variable {name}</source>
        <translation>变量 {name}</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>found in the text; values here are for trying</source>
        <translation>在文本中找到；此处的值仅供试用</translation>
    </message>
    <message>
        <source>The first {n} variables have a field.</source>
        <translation>前 {n} 个变量有输入框。</translation>
    </message>
    <message>
        <source>compared</source>
        <translation>对比中</translation>
    </message>
    <message>
        <source>none is overwritten</source>
        <translation>都会保留，不会覆盖</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Compare any two versions or prompts</source>
        <translation>对比任意两个版本或提示词</translation>
    </message>
    <message>
        <source>Prompt versions</source>
        <translation>提示词版本</translation>
    </message>
    <message>
        <source>Copy difference</source>
        <translation>复制差异</translation>
    </message>
    <message>
        <source>Compared text</source>
        <translation>要对比的文本</translation>
    </message>
    <message>
        <source>Compare against</source>
        <translation>对比对象</translation>
    </message>
    <message>
        <source>against</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Prompt differences</source>
        <translation>提示词差异</translation>
    </message>
    <message>
        <source>Run cases</source>
        <translation>运行用例</translation>
    </message>
    <message>
        <source>Run cases of this prompt</source>
        <translation>运行此提示词的用例</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Duplicate prompt</source>
        <translation>复制提示词</translation>
    </message>
    <message>
        <source>Back to {version}</source>
        <translation>恢复 {version}</translation>
    </message>
    <message>
        <source>now, not saved</source>
        <translation>当前，未保存</translation>
    </message>
    <message>
        <source>{version} has not been run yet.</source>
        <translation>{version} 尚未运行。</translation>
    </message>
    <message>
        <source>This is already the text of {version}.</source>
        <translation>文本已经与 {version} 相同。</translation>
    </message>
    <message>
        <source>Back to the text of {version}. It is not saved yet.</source>
        <translation>已恢复为 {version} 的文本，尚未保存。</translation>
    </message>
    <message>
        <source>This text ({version})</source>
        <translation>当前文本（{version}）</translation>
    </message>
    <message>
        <source>{newer} against {older}</source>
        <translation>{newer} 对比 {older}</translation>
    </message>
    <message>
        <source>The next version will be compared with this one. Difference compares any two.</source>
        <translation>下一个版本会与此版本对比。按“差异”可对比任意两个。</translation>
    </message>
    <message>
        <source>The difference is on the clipboard.</source>
        <translation>差异已复制到剪贴板。</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>v{n}</source>
        <translation>v{n}</translation>
    </message>
    <message>
        <source>v{n}, not saved</source>
        <translation>v{n}，未保存</translation>
    </message>
    <message>
        <source>Last changed</source>
        <translation>最近更改</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新创建</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>{passed} of {n} pass</source>
        <translation>{passed}/{n} 通过</translation>
    </message>
    <message>
        <source>used once</source>
        <translation>用到 1 次</translation>
    </message>
    <message>
        <source>used {n} times</source>
        <translation>用到 {n} 次</translation>
    </message>
    <message>
        <source>the same text</source>
        <translation>文本相同</translation>
    </message>
    <message>
        <source>1 line changed, {n} the same</source>
        <translation>改动 1 行，{n} 行相同</translation>
    </message>
    <message>
        <source>{changed} lines changed, {n} the same</source>
        <translation>改动 {changed} 行，{n} 行相同</translation>
    </message>
    <message>
        <source>{n} lines the same</source>
        <translation>{n} 行相同</translation>
    </message>
    <message>
        <source>no tags</source>
        <translation>无标签</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>the microphone is open</source>
        <translation>麦克风已打开</translation>
    </message>
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
    <message>
        <source>Bench</source>
        <translation>实验台</translation>
    </message>
</context>
<context>
    <name>Sample</name>
    <message>
        <source>From a take</source>
        <translation>取自一条配音</translation>
    </message>
</context>
<context>
    <name>Servers</name>
    <message>
        <source>Server name</source>
        <translation>服务器名称</translation>
    </message>
    <message>
        <source>Server command</source>
        <translation>服务器命令</translation>
    </message>
    <message>
        <source>Server folder</source>
        <translation>服务器文件夹</translation>
    </message>
    <message>
        <source>Server environment</source>
        <translation>服务器环境变量</translation>
    </message>
    <message>
        <source>Server address</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>Server headers</source>
        <translation>服务器请求头</translation>
    </message>
    <message>
        <source>Server tools</source>
        <translation>服务器工具</translation>
    </message>
    <message>
        <source>Server log</source>
        <translation>服务器日志</translation>
    </message>
    <message>
        <source>Start server</source>
        <translation>启动服务器</translation>
    </message>
    <message>
        <source>Stop server</source>
        <translation>停止服务器</translation>
    </message>
    <message>
        <source>Command and environment</source>
        <translation>命令与环境变量</translation>
    </message>
    <message>
        <source>Use this server&apos;s tool</source>
        <translation>使用此服务器工具</translation>
    </message>
    <message>
        <source>Ask again for this tool</source>
        <translation>此工具重新询问</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>your home folder</source>
        <translation>你的主文件夹</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Environment, one NAME=value a line</source>
        <translation>环境变量，每行一个 NAME=值</translation>
    </message>
    <message>
        <source>Or the address of a server that runs elsewhere</source>
        <translation>或填写在别处运行的服务器的地址</translation>
    </message>
    <message>
        <source>Headers, one “Name: value” a line</source>
        <translation>请求头，每行一个“名称: 值”</translation>
    </message>
    <message>
        <source>Tools, on in this conversation</source>
        <translation>工具（开关对本对话生效）</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>New server</source>
        <translation>新服务器</translation>
    </message>
    <message>
        <source>“{name}” was removed.</source>
        <translation>已移除“{name}”。</translation>
    </message>
    <message>
        <source>The clipboard has no text. Copy a command, an address or client settings first.</source>
        <translation>剪贴板中没有文本。请先复制命令、地址或其他客户端的配置。</translation>
    </message>
    <message>
        <source>Import servers</source>
        <translation>导入服务器</translation>
    </message>
    <message>
        <source>Export servers</source>
        <translation>导出服务器</translation>
    </message>
    <message>
        <source>Saved as {name}, without values.</source>
        <translation>已存储为 {name}，不含各项的值。</translation>
    </message>
    <message>
        <source>Added: {names}. Nothing runs until you press Start server.</source>
        <translation>已添加：{names}。点按“启动服务器”之前不会运行。</translation>
    </message>
    <message>
        <source>MCP servers</source>
        <translation>MCP 服务器</translation>
    </message>
    <message>
        <source>Add server</source>
        <translation>添加服务器</translation>
    </message>
    <message>
        <source>Add the example</source>
        <translation>添加示例</translation>
    </message>
    <message>
        <source>A small museum that ships with the program, to try</source>
        <translation>程序自带的小型博物馆，供试用</translation>
    </message>
    <message>
        <source>Remove server</source>
        <translation>移除服务器</translation>
    </message>
    <message>
        <source>Paste servers</source>
        <translation>粘贴服务器</translation>
    </message>
    <message>
        <source>Add the command, address or client settings in the clipboard</source>
        <translation>添加剪贴板中的命令、地址或客户端配置</translation>
    </message>
    <message>
        <source>Servers give MiMo tools of other programs. Type a command or an address, or paste settings.</source>
        <translation>服务器让 MiMo 能使用其他程序的工具。请填写命令或地址，或粘贴配置。</translation>
    </message>
    <message>
        <source>Send as my next message</source>
        <translation>作为我的下一条消息发送</translation>
    </message>
    <message>
        <source>Pause: {title}</source>
        <translation>暂停：{title}</translation>
    </message>
    <message>
        <source>Open: {title}</source>
        <translation>打开：{title}</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>off</source>
        <translation>未启动</translation>
    </message>
    <message>
        <source>off until seen</source>
        <translation>待查看</translation>
    </message>
    <message>
        <source>{on} of {all} tools on</source>
        <translation>已开启 {on}/{all} 个工具</translation>
    </message>
    <message>
        <source>pasted</source>
        <translation>粘贴而来</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>导入而来</translation>
    </message>
    <message>
        <source>ships with the program</source>
        <translation>程序自带</translation>
    </message>
    <message>
        <source>ended with code {status}</source>
        <translation>已退出，代码 {status}</translation>
    </message>
    <message>
        <source>It runs on this computer with your rights. Read the whole command, then press Start server.</source>
        <translation>它将以你的权限在本机运行。请看完整条命令，再点按“启动服务器”。</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Left out, because their description is not valid: {names}.</source>
        <translation>以下工具的说明无效，已略去：{names}。</translation>
    </message>
    <message>
        <source>Write each header as “Name: value”. Not read: {lines}.</source>
        <translation>请求头请写成“名称: 值”。未读取：{lines}。</translation>
    </message>
    <message>
        <source>Write each variable as NAME=value. Not read: {lines}.</source>
        <translation>环境变量请写成 NAME=值。未读取：{lines}。</translation>
    </message>
    <message>
        <source>headers: 1 name, its value kept like a key</source>
        <translation>请求头：1 项，其值像密钥一样保管</translation>
    </message>
    <message>
        <source>headers: {n} names, their values kept like keys</source>
        <translation>请求头：{n} 项，其值像密钥一样保管</translation>
    </message>
    <message>
        <source>environment: 1 name, never sent to the model</source>
        <translation>环境变量：1 项，绝不发给模型</translation>
    </message>
    <message>
        <source>environment: {n} names, never sent to the model</source>
        <translation>环境变量：{n} 项，绝不发给模型</translation>
    </message>
    <message>
        <source>The text is no valid JSON at line {line}, column {column}. Copy all of the settings.</source>
        <translation>第 {line} 行第 {column} 列不是有效的 JSON。请完整复制配置。</translation>
    </message>
    <message>
        <source>The text has over {most} characters. Copy only the servers.</source>
        <translation>文本超过 {most} 个字符。请只复制服务器部分。</translation>
    </message>
    <message>
        <source>There is no server in the text. Copy a command, an address, or the settings of a client.</source>
        <translation>文本中没有服务器。请复制命令、地址或客户端的配置。</translation>
    </message>
    <message>
        <source>a server without a name</source>
        <translation>未命名的服务器</translation>
    </message>
    <message>
        <source>Not added: {name}, because it uses the former SSE transport. Ask for its HTTP address.</source>
        <translation>未添加：{name}，因为它使用旧的 SSE 传输方式。请索取它的 HTTP 地址。</translation>
    </message>
    <message>
        <source>Not added: {name}, because there are {most} servers already.</source>
        <translation>未添加：{name}，因为服务器已有 {most} 个。</translation>
    </message>
    <message>
        <source>Not added: {name}, because it has neither a command nor an address.</source>
        <translation>未添加：{name}，因为它既没有命令，也没有地址。</translation>
    </message>
    <message>
        <source>… {n} lines left out</source>
        <translation>…… 略去 {n} 行</translation>
    </message>
    <message>
        <source>just started</source>
        <translation>刚刚启动</translation>
    </message>
    <message>
        <source>up {n} min</source>
        <translation>已运行 {n} 分钟</translation>
    </message>
    <message>
        <source>up {n} h</source>
        <translation>已运行 {n} 小时</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done}/{total}</translation>
    </message>
    <message>
        <source>1 part of the result can&apos;t be shown.</source>
        <translation>结果中有 1 部分无法显示。</translation>
    </message>
    <message>
        <source>{n} parts of the result can&apos;t be shown.</source>
        <translation>结果中有 {n} 部分无法显示。</translation>
    </message>
    <message>
        <source>The result is not what the tool&apos;s own schema promises. Check it.</source>
        <translation>结果与工具自身的说明不符，请核对。</translation>
    </message>
    <message>
        <source>Sound from {server}</source>
        <translation>来自 {server} 的声音</translation>
    </message>
    <message>
        <source>Image from {server}</source>
        <translation>来自 {server} 的图像</translation>
    </message>
    <message>
        <source>shown to you and sent</source>
        <translation>已向你显示并发送</translation>
    </message>
    <message>
        <source>shown to you, not sent</source>
        <translation>仅向你显示，未发送</translation>
    </message>
    <message>
        <source>writes</source>
        <translation>会写入</translation>
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
    <name>Shortcuts</name>
    <message>
        <source>Rename the chosen row of a list</source>
        <translation>重命名列表中选中的行</translation>
    </message>
    <message>
        <source>Delete the chosen row of a list</source>
        <translation>删除列表中选中的行</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>发送消息</translation>
    </message>
    <message>
        <source>New line in the message</source>
        <translation>消息换行</translation>
    </message>
    <message>
        <source>Earlier message, from an empty field</source>
        <translation>更早的消息（输入框为空时）</translation>
    </message>
    <message>
        <source>Later message, after an earlier one</source>
        <translation>更晚的消息（调出更早的消息后）</translation>
    </message>
    <message>
        <source>Templates, from an empty field</source>
        <translation>模板（输入框为空时）</translation>
    </message>
    <message>
        <source>Delete the chosen template</source>
        <translation>删除所选模板</translation>
    </message>
    <message>
        <source>Send what was edited; Esc discards it</source>
        <translation>发送编辑后的内容；Esc 放弃编辑</translation>
    </message>
    <message>
        <source>First message, from the transcript</source>
        <translation>第一条消息（焦点在对话记录时）</translation>
    </message>
    <message>
        <source>Latest message, from the transcript</source>
        <translation>最新消息（焦点在对话记录时）</translation>
    </message>
    <message>
        <source>Speak, or stop speaking</source>
        <translation>朗读或停止朗读</translation>
    </message>
    <message>
        <source>Check words, from the takes</source>
        <translation>在配音列表中：核对字词</translation>
    </message>
    <message>
        <source>Check drift, from the takes</source>
        <translation>在配音列表中：测量漂移</translation>
    </message>
    <message>
        <source>Ask MiMo about the take, from the takes</source>
        <translation>在配音列表中：向 MiMo 询问这条配音</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>搜索快捷键</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>No matching shortcuts.</source>
        <translation>没有匹配的快捷键。</translation>
    </message>
    <message>
        <source>Close shortcuts</source>
        <translation>关闭快捷键列表</translation>
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
        <translation>今天</translation>
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
        <translation>{n} 个 token</translation>
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
        <source>1 search</source>
        <translation>1 次搜索</translation>
    </message>
    <message>
        <source>{n} searches</source>
        <translation>{n} 次搜索</translation>
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
        <source>The answer reached the token limit. Continue it, or raise Max tokens and regenerate.</source>
        <translation>回答已达到 token 上限。可以继续这条回答，或提高最大 token 数后重新生成。</translation>
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
        <source>waiting for your answer</source>
        <translation>等待您回答</translation>
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
        <source>{used} speaks again, as in the take: the service did not know the voice {default}.</source>
        <translation>再次由 {used} 朗读，与该配音一致：服务不认识音色 {default}。</translation>
    </message>
    <message>
        <source>A take could not be finished.</source>
        <translation>有一条配音未能完成。</translation>
    </message>
    <message>
        <source>A take of “{title}” could not be finished.</source>
        <translation>“{title}”的一条配音未能完成。</translation>
    </message>
    <message>
        <source>This take has no sound.</source>
        <translation>这条配音没有声音。</translation>
    </message>
    <message>
        <source>The take was deleted.</source>
        <translation>配音已删除。</translation>
    </message>
    <message>
        <source>Designed voice</source>
        <translation>设计的音色</translation>
    </message>
    <message>
        <source>{n} takes are selected. Redo, reuse, keep and the note are for take {lead} alone.</source>
        <translation>已选择 {n} 条配音。重做、复用、存为音色和备注只针对配音 {lead}。</translation>
    </message>
    <message>
        <source>Take {n}</source>
        <translation>配音 {n}</translation>
    </message>
    <message>
        <source>{lineage}. Press to go there.</source>
        <translation>{lineage}。按下可跳转。</translation>
    </message>
    <message>
        <source>{n} takes were deleted.</source>
        <translation>已删除 {n} 条配音。</translation>
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
        <source>The service does not know the voice {default}. {used} speaks in its place.</source>
        <translation>该服务没有音色 {default}，改由 {used} 朗读。</translation>
    </message>
    <message>
        <source>The take&apos;s voice “{name}” is no longer in the library. Choose another voice.</source>
        <translation>这条配音的音色“{name}”已不在音色库中。请选择其他音色。</translation>
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
        <translation>请选择：{names}。配音也可以导出为 FLAC、MP3 或 OGG。</translation>
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
        <source>This transcript is not finished.</source>
        <translation>这段转写尚未完成。</translation>
    </message>
    <message>
        <source>The recording</source>
        <translation>录制的语音</translation>
    </message>
    <message>
        <source>Transcribing was stopped before any words came.</source>
        <translation>转写已停止，尚未识别出文字。</translation>
    </message>
    <message>
        <source>Transcribing was stopped. What came is in the transcript.</source>
        <translation>转写已停止。已识别的文字保留在转写框中。</translation>
    </message>
    <message>
        <source>Something else is being transcribed or recorded. Stop that first.</source>
        <translation>正在转写或录制其他内容。请先停止。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>No words were recognised. Check what was recorded, or choose the language.</source>
        <translation>没有识别出文字。请检查录音内容，或选择语言。</translation>
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
        <source>{n} / {most}</source>
        <translation>{n} / {most}</translation>
    </message>
    <message>
        <source>{n} / {most} characters</source>
        <translation>{n} / {most} 字</translation>
    </message>
    <message>
        <source>Tags you mark with the star appear here.</source>
        <translation>点星标收藏的标签会显示在这里。</translation>
    </message>
    <message>
        <source>The tags you use appear here.</source>
        <translation>用过的标签会出现在这里。</translation>
    </message>
    <message>
        <source>Favourite tag</source>
        <translation>收藏标签</translation>
    </message>
    <message>
        <source>Remove “{words}” from the favourites</source>
        <translation>取消收藏“{words}”</translation>
    </message>
    <message>
        <source>Add “{words}” to the favourites</source>
        <translation>收藏“{words}”</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>插入</translation>
    </message>
    <message>
        <source>Make the selection a tag</source>
        <translation>将所选文字变为标签</translation>
    </message>
    <message>
        <source>No tag matches “{words}”. You can still try any text in brackets.</source>
        <translation>没有匹配“{words}”的标签。你仍可以在括号中尝试任何文字。</translation>
    </message>
    <message>
        <source>A paragraph can have up to {n} characters. Break the text into paragraphs, then paste it again.</source>
        <translation>一个段落最多 {n} 个字符。请把文本分成段落，再粘贴一次。</translation>
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
        <source>Sessions and parameters</source>
        <translation>会话和参数</translation>
    </message>
    <message>
        <source>Choose voice</source>
        <translation>选择音色</translation>
    </message>
    <message>
        <source>Edit direction</source>
        <translation>编辑指导</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Choose tags</source>
        <translation>选择标签</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Choose options</source>
        <translation>选择选项</translation>
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
        <source>No matching voices.</source>
        <translation>没有匹配的音色。</translation>
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
        <source>The service speaks one short line, once; then it is kept.</source>
        <translation>服务只朗读一次一句短句，之后会保存下来。</translation>
    </message>
    <message>
        <source>Filter voices</source>
        <translation>筛选音色</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>音色库</translation>
    </message>
    <message>
        <source>Show the saved voices</source>
        <translation>显示已保存的音色</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
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
        <source>Role, Scene and Guidance are kept, but not sent.</source>
        <translation>角色、场景和指导要点已保留，但不会发送。</translation>
    </message>
    <message>
        <source>The free words are kept, but not sent.</source>
        <translation>自由描述已保留，但不会发送。</translation>
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
        <source>Record speech</source>
        <translation>录制语音</translation>
    </message>
    <message>
        <source>Transcription</source>
        <translation>语音转写</translation>
    </message>
    <message>
        <source>Audio file</source>
        <translation>音频文件</translation>
    </message>
    <message>
        <source>Drop a file, or its path</source>
        <translation>拖入文件或输入路径</translation>
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
        <source>Recording level</source>
        <translation>录制电平</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>文字记录</translation>
    </message>
    <message>
        <source>Copy transcript</source>
        <translation>复制转写文字</translation>
    </message>
    <message>
        <source>Use as text</source>
        <translation>用作文本</translation>
    </message>
    <message>
        <source>Send to Chat</source>
        <translation>发送到对话</translation>
    </message>
    <message>
        <source>Transcribe again</source>
        <translation>重新转写</translation>
    </message>
    <message>
        <source>Earlier transcripts</source>
        <translation>以前的转写文字</translation>
    </message>
    <message>
        <source>Delete transcript</source>
        <translation>删除转写文字</translation>
    </message>
    <message>
        <source>WAV, FLAC, MP3 or OGG (with ffmpeg also M4A and video) up to {n} minutes, or a recording up to {m}. Sent in pieces of two minutes.</source>
        <translation>WAV、FLAC、MP3 或 OGG（安装 ffmpeg 后还支持 M4A 和视频），最长 {n} 分钟；录制最长 {m} 分钟。按两分钟一段发送。</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>配音</translation>
    </message>
    <message>
        <source>with a note</source>
        <translation>有备注</translation>
    </message>
    <message>
        <source>one block</source>
        <translation>整段到达</translation>
    </message>
    <message>
        <source>{t} to sound</source>
        <translation>{t} 后出声</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>ends abruptly</source>
        <translation>结尾突兀</translation>
    </message>
    <message>
        <source>hole of {t}</source>
        <translation>空白 {t}</translation>
    </message>
    <message>
        <source>clips</source>
        <translation>削波</translation>
    </message>
    <message>
        <source>finding</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>Nothing can be heard in this take: redo it, or change the text.</source>
        <translation>这条配音里听不到声音：请重做，或修改文本。</translation>
    </message>
    <message>
        <source>The last word may be cut off: listen to the end, and redo the take.</source>
        <translation>最后一个字可能被截断：请听一下结尾，并重做。</translation>
    </message>
    <message>
        <source>Silent for {t} at {at}: redo the take, or remove a pause tag from the text there.</source>
        <translation>{at} 处静默 {t}：请重做，或删去该处的停顿标签。</translation>
    </message>
    <message>
        <source>The loudest places are distorted: redo the take, or ask for a quieter voice.</source>
        <translation>最响处有削波失真：请重做，或要求声音轻一些。</translation>
    </message>
    <message>
        <source>A newer version of this program found something here. Update it to see what.</source>
        <translation>较新版本的程序在这里发现了问题。请更新程序后查看。</translation>
    </message>
    <message>
        <source>redo of another take</source>
        <translation>重做自另一条配音</translation>
    </message>
    <message>
        <source>from another take</source>
        <translation>来自另一条配音</translation>
    </message>
    <message>
        <source>redo of take {n}</source>
        <translation>重做自配音 {n}</translation>
    </message>
    <message>
        <source>from take {n}, parts spoken again</source>
        <translation>来自配音 {n}，重读部分段落</translation>
    </message>
    <message>
        <source>from take {n}, polished</source>
        <translation>来自配音 {n}，已润色</translation>
    </message>
    <message>
        <source>from take {n}, kept as a voice</source>
        <translation>来自配音 {n}，存为音色</translation>
    </message>
    <message>
        <source>from take {n}, reuse</source>
        <translation>来自配音 {n}，复用设置</translation>
    </message>
    <message>
        <source>{t} arrived</source>
        <translation>已到达 {t}</translation>
    </message>
    <message>
        <source>queued, nothing was sent yet</source>
        <translation>排队中，尚未发送</translation>
    </message>
    <message>
        <source>{t} arrived, {passed} since it was sent</source>
        <translation>已到达 {t}，发送后 {passed}</translation>
    </message>
    <message>
        <source>waits for the service, {passed}</source>
        <translation>等待服务，{passed}</translation>
    </message>
    <message>
        <source>is being saved</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>waits to be sent</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>arrives as one block, {passed}</source>
        <translation>整段到达，已等待 {passed}</translation>
    </message>
    <message>
        <source>sent, waits for sound, {passed}</source>
        <translation>已发送，等待声音，{passed}</translation>
    </message>
    <message>
        <source>All takes</source>
        <translation>全部配音</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>已加星标</translation>
    </message>
    <message>
        <source>With a note</source>
        <translation>有备注的</translation>
    </message>
    <message>
        <source>With a finding</source>
        <translation>有问题的</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早在前</translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation>最长在前</translation>
    </message>
    <message>
        <source>Loudest first</source>
        <translation>最响在前</translation>
    </message>
    <message>
        <source>Starred first</source>
        <translation>加星在前</translation>
    </message>
    <message>
        <source>By voice</source>
        <translation>按音色</translation>
    </message>
    <message>
        <source>Without text</source>
        <translation>无文本</translation>
    </message>
    <message>
        <source>1 take · {text}</source>
        <translation>1 条配音 · {text}</translation>
    </message>
    <message>
        <source>{n} takes · {text}</source>
        <translation>{n} 条配音 · {text}</translation>
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
        <translation>删除配音</translation>
    </message>
    <message>
        <source>Filter and sort takes</source>
        <translation>筛选和排序配音</translation>
    </message>
    <message>
        <source>Copy take</source>
        <translation>复制配音</translation>
    </message>
    <message>
        <source>More take actions</source>
        <translation>更多配音操作</translation>
    </message>
    <message>
        <source>Stop take</source>
        <translation>停止这条配音</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Each take you generate appears here, ready to play and compare.</source>
        <translation>每次生成的配音都会出现在这里，可以试听和比较。</translation>
    </message>
    <message>
        <source>Try an example</source>
        <translation>试试示例</translation>
    </message>
    <message>
        <source>No take matches the filter.</source>
        <translation>没有符合筛选条件的配音。</translation>
    </message>
    <message>
        <source>Show all takes</source>
        <translation>显示全部配音</translation>
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
        <translation>配音 {n} · {voice}</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>已加星标</translation>
    </message>
    <message>
        <source>{voice}, take {n}</source>
        <translation>{voice}，配音 {n}</translation>
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
        <source>Unsaved clone</source>
        <translation>未保存的克隆</translation>
    </message>
    <message>
        <source>The program ended before any audio arrived.</source>
        <translation>程序在声音到达之前结束了。</translation>
    </message>
    <message>
        <source>The take reached the token limit. Raise Max tokens, or speak the text in parts.</source>
        <translation>这条配音达到了 token 上限。请调高“最大 token 数”，或分段朗读文本。</translation>
    </message>
    <message>
        <source>The service&apos;s content filter stopped this take. Rephrase the text without sensitive content.</source>
        <translation>服务的内容过滤中止了这条配音。请改写文本，去掉敏感内容。</translation>
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
        <source>Favourites</source>
        <translation>收藏</translation>
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
        <source>“{words}” has no opening bracket and would be read aloud.</source>
        <translation>“{words}”缺少左括号，会被读出来。</translation>
    </message>
    <message>
        <source>There is nothing in the brackets “{words}”.</source>
        <translation>括号“{words}”里没有内容。</translation>
    </message>
    <message>
        <source>“{words}” may be read aloud: tags stand in ( ) or [ ].</source>
        <translation>“{words}”可能会被读出来：标签应写在 ( ) 或 [ ] 里。</translation>
    </message>
    <message>
        <source>“{words}” doesn&apos;t read like a tag. In brackets it may not be spoken.</source>
        <translation>“{words}”不像标签，放在括号里可能不会被念出来。</translation>
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
        <source>Use square brackets</source>
        <translation>改用方括号</translation>
    </message>
    <message>
        <source>Write it as text</source>
        <translation>写成正文</translation>
    </message>
    <message>
        <source>Keep the first</source>
        <translation>保留第一个</translation>
    </message>
    <message>
        <source>Over {most} characters may be cut off.</source>
        <translation>超过 {most} 个字符的部分可能被截断。</translation>
    </message>
    <message>
        <source>{n} more. They are listed as these are fixed.</source>
        <translation>还有 {n} 处，修复这些后会列出。</translation>
    </message>
    <message>
        <source>Sources disagree whether designed voices take tags. They may be read aloud.</source>
        <translation>设计的音色是否支持标签，说法不一，标签可能会被读出来。</translation>
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
        <translation>生成一条新的配音，其余各段沿用原来的声音</translation>
    </message>
    <message>
        <source>Latency: {times}</source>
        <translation>延迟：{times}</translation>
    </message>
    <message>
        <source>The sound came in one burst.</source>
        <translation>声音一次性到达。</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>发出</translation>
    </message>
    <message>
        <source>first byte</source>
        <translation>首字节</translation>
    </message>
    <message>
        <source>first sound</source>
        <translation>首个声音</translation>
    </message>
    <message>
        <source>last byte</source>
        <translation>末字节</translation>
    </message>
    <message>
        <source>Search takes</source>
        <translation>搜索配音</translation>
    </message>
    <message>
        <source>Takes shown</source>
        <translation>显示的配音</translation>
    </message>
    <message>
        <source>Order of takes</source>
        <translation>配音排序</translation>
    </message>
    <message>
        <source>Group by text</source>
        <translation>按文本分组</translation>
    </message>
    <message>
        <source>The take was copied. Paste it as a file, or as text.</source>
        <translation>已复制配音，可粘贴为文件或文本。</translation>
    </message>
    <message>
        <source>{n} takes were copied. Paste them as files, or as text.</source>
        <translation>已复制 {n} 条配音，可粘贴为文件或文本。</translation>
    </message>
    <message>
        <source>Blind {n}</source>
        <translation>盲听 {n}</translation>
    </message>
    <message>
        <source>This take has no words to show. Choose another one.</source>
        <translation>这条配音没有可显示的文字。请选择另一条。</translation>
    </message>
    <message>
        <source>Save subtitles</source>
        <translation>保存字幕</translation>
    </message>
    <message>
        <source>Saved as {name}. The times are estimated, because the take was not spoken in parts.</source>
        <translation>已保存为 {name}。该配音不是分段朗读的，因此时间为估算值。</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>The transcript was copied.</source>
        <translation>转写文字已复制。</translation>
    </message>
    <message>
        <source>The transcript replaced the text to speak.</source>
        <translation>转写文字已替换朗读文本。</translation>
    </message>
    <message>
        <source>Transcripts are kept here, with their recordings.</source>
        <translation>转写的文本连同录音会保存在这里。</translation>
    </message>
    <message>
        <source>No matching transcripts.</source>
        <translation>没有匹配的转写文字。</translation>
    </message>
    <message>
        <source>The transcript “{title}” was deleted.</source>
        <translation>已删除转写文字“{title}”。</translation>
    </message>
    <message>
        <source>Search transcripts</source>
        <translation>搜索转写文字</translation>
    </message>
    <message>
        <source>Transcripts</source>
        <translation>转写文字</translation>
    </message>
    <message>
        <source>Recording without a transcript</source>
        <translation>尚未转写的录音</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Typed</source>
        <translation>手动输入</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>未完成</translation>
    </message>
</context>
<context>
    <name>Talk</name>
    <message>
        <source>No voice is called “{name}”. Choose one of the list.</source>
        <translation>没有名为“{name}”的音色。请从列表中选择。</translation>
    </message>
    <message>
        <source>The model of this conversation takes no sound.</source>
        <translation>此对话的模型不能接收声音。</translation>
    </message>
    <message>
        <source>Conversation voice</source>
        <translation>对话音色</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>指导</translation>
    </message>
    <message>
        <source>Conversation direction</source>
        <translation>对话的指导</translation>
    </message>
    <message>
        <source>How it speaks, such as: close, unhurried, as on a night tour.</source>
        <translation>怎样说话，例如：贴近、不慌不忙，像夜间导览。</translation>
    </message>
    <message>
        <source>Listen again after the answer</source>
        <translation>回答后继续听</translation>
    </message>
    <message>
        <source>Ask with the recording itself</source>
        <translation>直接用录音提问</translation>
    </message>
    <message>
        <source>Think before a spoken answer</source>
        <translation>语音回答前先思考</translation>
    </message>
    <message>
        <source>Mark words as they are heard</source>
        <translation>朗读时标出文字</translation>
    </message>
    <message>
        <source>Keep my recordings</source>
        <translation>保留我的说话录音</translation>
    </message>
    <message>
        <source>Your words stay as text. What MiMo spoke stays as takes.</source>
        <translation>您说的话会留作文字，MiMo 说的话会留作配音。</translation>
    </message>
    <message>
        <source>Silence that ends a turn</source>
        <translation>结束一轮的静默</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>{position} of {length}</source>
        <translation>{position} / {length}</translation>
    </message>
    <message>
        <source>sentence {n}</source>
        <translation>第 {n} 句</translation>
    </message>
    <message>
        <source>stop listening</source>
        <translation>停止聆听</translation>
    </message>
    <message>
        <source>silence now</source>
        <translation>立即静音</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>type instead</source>
        <translation>改用打字</translation>
    </message>
    <message>
        <source>silence it and speak</source>
        <translation>打断并说话</translation>
    </message>
    <message>
        <source>hold to speak</source>
        <translation>按住说话</translation>
    </message>
    <message>
        <source>Talk level</source>
        <translation>语音对话音量</translation>
    </message>
    <message>
        <source>Continuous</source>
        <translation>连续对话</translation>
    </message>
    <message>
        <source>After each answer it listens again, until you press Escape.</source>
        <translation>每次回答后继续听，直到您按 Esc。</translation>
    </message>
    <message>
        <source>Type instead</source>
        <translation>改用打字</translation>
    </message>
    <message>
        <source>Go on in the message field, with what you said so far in it. The answer goes on as text.</source>
        <translation>转到消息框继续，已说的话会放在其中。回答会继续以文字显示。</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Stop talk</source>
        <translation>结束对话</translation>
    </message>
    <message>
        <source>End the answer where it is, and leave. Nothing you typed changes.</source>
        <translation>就此结束回答并退出。您输入的内容不变。</translation>
    </message>
    <message>
        <source>Everything else</source>
        <translation>其他参数</translation>
    </message>
    <message>
        <source>{n} heard</source>
        <translation>已听 {n} 句</translation>
    </message>
    <message>
        <source>{n} speaking</source>
        <translation>第 {n} 句播放中</translation>
    </message>
    <message>
        <source>{n} not spoken</source>
        <translation>第 {n} 句未读出</translation>
    </message>
    <message>
        <source>{n} ready</source>
        <translation>第 {n} 句已就绪</translation>
    </message>
    <message>
        <source>{n} being made, {time} s</source>
        <translation>第 {n} 句生成中，{time} 秒</translation>
    </message>
    <message>
        <source>{n} still being written</source>
        <translation>第 {n} 句还在写</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>语音对话</translation>
    </message>
    <message>
        <source>Speak, and hear the answer. Press again to send, or hold the keys while you speak.</source>
        <translation>说话并听到回答。再按一次即发送，也可以按住快捷键说话。</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>正在听</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>正在说</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>安静</translation>
    </message>
    <message>
        <source>Opening the microphone…</source>
        <translation>正在打开麦克风…</translation>
    </message>
    <message>
        <source>Sends when you release the keys</source>
        <translation>松开按键即发送</translation>
    </message>
    <message>
        <source>Sends after {n} s of silence, or when you press Talk</source>
        <translation>静默 {n} 秒后发送，或按“语音对话”发送</translation>
    </message>
    <message>
        <source>Recognising what you said…</source>
        <translation>正在识别您说的话…</translation>
    </message>
    <message>
        <source>MiMo is answering…</source>
        <translation>MiMo 正在回答…</translation>
    </message>
    <message>
        <source>The next sentence is still being made, {n} s</source>
        <translation>下一句还在生成，{n} 秒</translation>
    </message>
    <message>
        <source>The microphone is closed until the answer ends</source>
        <translation>回答结束前麦克风保持关闭</translation>
    </message>
    <message>
        <source>MiMo goes on writing. Press Talk to speak.</source>
        <translation>MiMo 仍在写。要说话请按“语音对话”。</translation>
    </message>
    <message>
        <source>Press Talk, or hold the keys, and speak</source>
        <translation>按“语音对话”或按住快捷键，然后说话</translation>
    </message>
    <message>
        <source>too loud · move away from the microphone</source>
        <translation>声音过大 · 请离麦克风远一些</translation>
    </message>
    <message>
        <source>good · the tick is the room&apos;s own noise</source>
        <translation>合适 · 刻度是房间的底噪</translation>
    </message>
    <message>
        <source>quiet · the tick is the room&apos;s own noise</source>
        <translation>偏轻 · 刻度是房间的底噪</translation>
    </message>
    <message>
        <source>The microphone was disconnected before you said anything.</source>
        <translation>您还没说话，麦克风就断开了。</translation>
    </message>
    <message>
        <source>The microphone was disconnected. What you said so far is in the message field.</source>
        <translation>麦克风已断开。您已说的话在消息框里。</translation>
    </message>
    <message>
        <source>The microphone picks up nothing. Check whether it is muted, or choose another one in Settings, Audio.</source>
        <translation>麦克风没有收到任何声音。请检查它是否静音，或在“设置 › 音频”中另选一个。</translation>
    </message>
    <message>
        <source>What you said is still here, but was not recognised: {reason}</source>
        <translation>您说的话还在，但没能识别：{reason}</translation>
    </message>
    <message>
        <source>Stopped. What you said was not sent yet.</source>
        <translation>已停止。您说的话还没有发送。</translation>
    </message>
    <message>
        <source>No words were recognised in what you said.</source>
        <translation>没有识别出文字。</translation>
    </message>
    <message>
        <source>What you said was not sent. It is in the message field: choose Type instead.</source>
        <translation>您说的话没有发送，已放进输入框：请选择“改用打字”。</translation>
    </message>
    <message>
        <source>The answer broke off: {reason} Retry is below the answer.</source>
        <translation>回答中断：{reason}可在回答下方重试。</translation>
    </message>
    <message>
        <source>Sentence {n} could not be spoken: {reason} The text goes on; Retry speaks from there.</source>
        <translation>第 {n} 句没能读出：{reason}文字会继续，重试可从这里接着读。</translation>
    </message>
    <message>
        <source>The words of what you said are not known: {reason} The recording stays in the message.</source>
        <translation>没能识别您说的话：{reason}录音留在消息里。</translation>
    </message>
    <message>
        <source>No speech was heard. Speak closer to the microphone, then press Talk again.</source>
        <translation>没有听到语音。请靠近麦克风，再按“语音对话”。</translation>
    </message>
    <message>
        <source>Connect it again and press Retry, or choose another one in Settings, Audio.</source>
        <translation>请重新连接后按“重试”，或在“设置 › 音频”中选择另一个。</translation>
    </message>
    <message>
        <source>Retry listens to “{device}”.</source>
        <translation>“重试”将使用“{device}”。</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Recognise it</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>spoken, {time} · recording kept</source>
        <translation>语音，{time} · 已保留录音</translation>
    </message>
    <message>
        <source>spoken, {time} · recording not kept</source>
        <translation>语音，{time} · 未保留录音</translation>
    </message>
    <message>
        <source>1 take</source>
        <translation>1 条配音</translation>
    </message>
    <message>
        <source>{n} takes</source>
        <translation>{n} 条配音</translation>
    </message>
</context>
<context>
    <name>Templates</name>
    <message>
        <source>Save this text as a template</source>
        <translation>将这段文字存为模板</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Enter inserts. Escape keeps what you typed.</source>
        <translation>按 Enter 插入；按 Esc 保留已输入的内容。</translation>
    </message>
    <message>
        <source>No templates yet.</source>
        <translation>还没有模板。</translation>
    </message>
    <message>
        <source>No templates yet. Type a text, then press Templates to save it.</source>
        <translation>还没有模板。输入一段文字，然后按“模板”保存。</translation>
    </message>
    <message>
        <source>Template list</source>
        <translation>模板列表</translation>
    </message>
    <message>
        <source>Template name</source>
        <translation>模板名称</translation>
    </message>
    <message>
        <source>Name of the template, then Enter</source>
        <translation>输入模板名称，然后按 Enter</translation>
    </message>
    <message>
        <source>Rename template</source>
        <translation>重命名模板</translation>
    </message>
    <message>
        <source>Rename template (F2)</source>
        <translation>重命名模板（F2）</translation>
    </message>
    <message>
        <source>Delete template</source>
        <translation>删除模板</translation>
    </message>
    <message>
        <source>Delete template (Shift+Delete)</source>
        <translation>删除模板（Shift+Delete）</translation>
    </message>
    <message>
        <source>{name} exists: this is saved as its version {n}.</source>
        <translation>{name} 已存在：将保存为它的第 {n} 版。</translation>
    </message>
    <message>
        <source>Another one has this name. Choose a different name.</source>
        <translation>已有同名条目，请换一个名称。</translation>
    </message>
    <message>
        <source>Type a name first.</source>
        <translation>请先输入名称。</translation>
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
        <source>Rounds of calls before asking</source>
        <translation>调用多少轮后询问</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Tools always allowed</source>
        <translation>始终允许的工具</translation>
    </message>
    <message>
        <source>“{name}” was removed.</source>
        <translation>已移除“{name}”。</translation>
    </message>
    <message>
        <source>The clipboard has no text. Copy the tools as JSON first.</source>
        <translation>剪贴板中没有文本。请先复制 JSON 格式的工具。</translation>
    </message>
    <message>
        <source>Import tools</source>
        <translation>导入工具</translation>
    </message>
    <message>
        <source>There are no tools of your own to export.</source>
        <translation>没有可导出的自定义工具。</translation>
    </message>
    <message>
        <source>Export tools</source>
        <translation>导出工具</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>已保存为 {name}。</translation>
    </message>
    <message>
        <source>Added: {names}.</source>
        <translation>已添加：{names}。</translation>
    </message>
    <message>
        <source>“{wanted}” was added as {name}.</source>
        <translation>“{wanted}”已添加为 {name}。</translation>
    </message>
    <message>
        <source>Without parameters: {names}. Add a JSON Schema if it takes any arguments.</source>
        <translation>没有参数：{names}。如果需要参数，请添加 JSON Schema。</translation>
    </message>
    <message>
        <source>Already here: {names}.</source>
        <translation>已存在：{names}。</translation>
    </message>
    <message>
        <source>a tool without a name</source>
        <translation>未命名的工具</translation>
    </message>
    <message>
        <source>Not added: {name}, because {reason}.</source>
        <translation>未添加 {name}：{reason}。</translation>
    </message>
    <message>
        <source>The arguments fit. You answer this call in the conversation.</source>
        <translation>参数符合要求。此调用由您在对话中回答。</translation>
    </message>
    <message>
        <source>The model would get this, after {time}.</source>
        <translation>模型会收到以下内容，用时 {time}。</translation>
    </message>
    <message>
        <source>The arguments don&apos;t fit: {reason}. The model would get this.</source>
        <translation>参数不符合要求：{reason}。模型会收到以下内容。</translation>
    </message>
    <message>
        <source>None on in this conversation</source>
        <translation>此对话中未启用工具</translation>
    </message>
    <message>
        <source>1 on in this conversation</source>
        <translation>此对话中启用了 1 个</translation>
    </message>
    <message>
        <source>{n} on in this conversation</source>
        <translation>此对话中启用了 {n} 个</translation>
    </message>
    <message>
        <source>Tool list</source>
        <translation>工具列表</translation>
    </message>
    <message>
        <source>Add tool</source>
        <translation>添加工具</translation>
    </message>
    <message>
        <source>Remove tool</source>
        <translation>移除工具</translation>
    </message>
    <message>
        <source>Paste JSON</source>
        <translation>粘贴 JSON</translation>
    </message>
    <message>
        <source>Add the tools that are in the clipboard as JSON</source>
        <translation>添加剪贴板中 JSON 格式的工具</translation>
    </message>
    <message>
        <source>“{name}” is on in this conversation and no longer exists, so it is not sent. Switch it off, or add a tool of that name.</source>
        <translation>此对话启用了“{name}”，但该工具已不存在，因此不会发送。请将其关闭，或添加同名工具。</translation>
    </message>
    <message>
        <source>Built in, off by default</source>
        <translation>内置，默认关闭</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>No longer there</source>
        <translation>已不存在</translation>
    </message>
    <message>
        <source>chosen here, not sent</source>
        <translation>此对话已选用，不会发送</translation>
    </message>
    <message>
        <source>{tool} · always allowed</source>
        <translation>{tool} · 始终允许</translation>
    </message>
    <message>
        <source>Each call waits for your answer</source>
        <translation>每次调用都等待您回答</translation>
    </message>
    <message>
        <source>Always allowed</source>
        <translation>始终允许</translation>
    </message>
    <message>
        <source>Asks before each call</source>
        <translation>每次调用前询问</translation>
    </message>
    <message>
        <source>Runs without asking</source>
        <translation>直接运行，不询问</translation>
    </message>
    <message>
        <source>Tool name</source>
        <translation>工具名称</translation>
    </message>
    <message>
        <source>Tool description</source>
        <translation>工具说明</translation>
    </message>
    <message>
        <source>Tool parameters</source>
        <translation>工具参数</translation>
    </message>
    <message>
        <source>Canned result</source>
        <translation>固定结果</translation>
    </message>
    <message>
        <source>When and why the model should call it</source>
        <translation>模型应在何时、为何调用它</translation>
    </message>
    <message>
        <source>What every call gets as its result</source>
        <translation>每次调用都返回的结果</translation>
    </message>
    <message>
        <source>Tidy</source>
        <translation>整理</translation>
    </message>
    <message>
        <source>Use in this conversation</source>
        <translation>在此对话中使用</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>严格模式</translation>
    </message>
    <message>
        <source>Asks the service to keep to the schema; not every service can.</source>
        <translation>要求服务严格遵循参数结构；并非所有服务都支持。</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>恢复询问</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Parameters JSON Schema</source>
        <translation>参数 JSON Schema</translation>
    </message>
    <message>
        <source>Answered by</source>
        <translation>回答方式</translation>
    </message>
    <message>
        <source>Tool answer</source>
        <translation>工具回答方式</translation>
    </message>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Canned</source>
        <translation>固定结果</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内置工具</translation>
    </message>
    <message>
        <source>Built-in tool</source>
        <translation>内置工具</translation>
    </message>
    <message>
        <source>Sample arguments</source>
        <translation>示例参数</translation>
    </message>
    <message>
        <source>Try tool</source>
        <translation>试用工具</translation>
    </message>
    <message>
        <source>Trial result</source>
        <translation>试用结果</translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>Calculator</source>
        <translation>计算器</translation>
    </message>
    <message>
        <source>Unit conversion</source>
        <translation>单位换算</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>骰子</translation>
    </message>
    <message>
        <source>this computer&apos;s clock</source>
        <translation>本机时钟</translation>
    </message>
    <message>
        <source>exact arithmetic</source>
        <translation>精确算术</translation>
    </message>
    <message>
        <source>lengths and weights</source>
        <translation>长度、重量等</translation>
    </message>
    <message>
        <source>random numbers</source>
        <translation>随机数</translation>
    </message>
    <message>
        <source>A tool needs a name. Until then it keeps the one it had.</source>
        <translation>工具需要名称。在此之前沿用原来的名称。</translation>
    </message>
    <message>
        <source>A name has at most {most} characters. Shorten it.</source>
        <translation>名称最多 {most} 个字符，请缩短。</translation>
    </message>
    <message>
        <source>A name may have the letters a to z, digits, _ and -. Remove the others.</source>
        <translation>名称只能包含英文字母、数字、_ 和 -，请删除其他字符。</translation>
    </message>
    <message>
        <source>Another tool of yours has this name. Choose a different one.</source>
        <translation>已有同名的自定义工具，请换一个名称。</translation>
    </message>
    <message>
        <source>A built-in tool has this name. Choose a different one.</source>
        <translation>已有同名的内置工具，请换一个名称。</translation>
    </message>
    <message>
        <source>Line {line}, column {column}: {reason}</source>
        <translation>第 {line} 行第 {column} 列：{reason}</translation>
    </message>
    <message>
        <source>Line {line}: {reason}</source>
        <translation>第 {line} 行：{reason}</translation>
    </message>
    <message>
        <source>a comma or a closing bracket is missing</source>
        <translation>缺少逗号或右括号</translation>
    </message>
    <message>
        <source>a name in double quotes belongs here</source>
        <translation>此处应为带双引号的名称</translation>
    </message>
    <message>
        <source>a colon belongs between a name and its value</source>
        <translation>名称与值之间应有冒号</translation>
    </message>
    <message>
        <source>“{value}” is not a JSON value</source>
        <translation>“{value}”不是 JSON 值</translation>
    </message>
    <message>
        <source>a value is missing</source>
        <translation>缺少值</translation>
    </message>
    <message>
        <source>the closing quotation mark is missing</source>
        <translation>缺少右引号</translation>
    </message>
    <message>
        <source>the schema has ended before this</source>
        <translation>结构在此之前已经结束</translation>
    </message>
    <message>
        <source>a text can&apos;t contain a line break or tab; write \n or \t</source>
        <translation>文本中不能有换行或制表符，请写成 \n 或 \t</translation>
    </message>
    <message>
        <source>\ stands before a character that needs none</source>
        <translation>此字符前不需要 \</translation>
    </message>
    <message>
        <source>“{value}” stands twice in one object</source>
        <translation>同一对象中“{value}”出现了两次</translation>
    </message>
    <message>
        <source>nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>a schema has at most {most} characters</source>
        <translation>参数结构最多 {most} 个字符</translation>
    </message>
    <message>
        <source>a schema is an object in braces</source>
        <translation>参数结构应为花括号中的对象</translation>
    </message>
    <message>
        <source>the arguments of a tool are of type “object”</source>
        <translation>工具参数的类型应为“object”</translation>
    </message>
    <message>
        <source>this is a whole tool; only its parameters belong here</source>
        <translation>这是完整的工具定义，此处只需填写它的参数</translation>
    </message>
    <message>
        <source>“{keyword}” takes a schema, not “{value}”</source>
        <translation>“{keyword}”应为结构，而不是“{value}”</translation>
    </message>
    <message>
        <source>“{keyword}” takes an object with a schema for each name</source>
        <translation>“{keyword}”应为对象，其中每个名称对应一个结构</translation>
    </message>
    <message>
        <source>“{keyword}” takes a list in square brackets, not “{value}”</source>
        <translation>“{keyword}”应为方括号中的列表，而不是“{value}”</translation>
    </message>
    <message>
        <source>“{keyword}” takes a number, not “{value}”</source>
        <translation>“{keyword}”应为数字，而不是“{value}”</translation>
    </message>
    <message>
        <source>“{keyword}” takes a text in quotation marks, not “{value}”</source>
        <translation>“{keyword}”应为引号中的文本，而不是“{value}”</translation>
    </message>
    <message>
        <source>“{keyword}” takes true or false, not “{value}”</source>
        <translation>“{keyword}”应为 true 或 false，而不是“{value}”</translation>
    </message>
    <message>
        <source>“{value}” is not a type; there are string, number, integer, boolean, object, array and null</source>
        <translation>“{value}”不是类型；可用的类型有 string、number、integer、boolean、object、array 和 null</translation>
    </message>
    <message>
        <source>“{keyword}” has an entry twice</source>
        <translation>“{keyword}”中有重复的条目</translation>
    </message>
    <message>
        <source>“{value}” is not a regular expression</source>
        <translation>“{value}”不是有效的正则表达式</translation>
    </message>
    <message>
        <source>“{value}” leads to no part of this schema</source>
        <translation>“{value}”未指向此结构的任何部分</translation>
    </message>
    <message>
        <source>“{value}” lies outside of this schema and is never fetched; copy it into $defs</source>
        <translation>“{value}”在此结构之外，程序不会去获取；请将其复制到 $defs</translation>
    </message>
    <message>
        <source>“{keyword}” can&apos;t be “{value}”</source>
        <translation>“{keyword}”不能为“{value}”</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>删除它</translation>
    </message>
    <message>
        <source>Keep only that</source>
        <translation>只保留参数</translation>
    </message>
    <message>
        <source>Put {text}</source>
        <translation>改为 {text}</translation>
    </message>
    <message>
        <source>off until line {line} is right</source>
        <translation>已关闭：请更正第 {line} 行</translation>
    </message>
    <message>
        <source>off: another tool has its name</source>
        <translation>已关闭：名称与其他工具相同</translation>
    </message>
    <message>
        <source>off until a built-in tool is chosen</source>
        <translation>已关闭：请先选择内置工具</translation>
    </message>
    <message>
        <source>answered by me</source>
        <translation>由我回答</translation>
    </message>
    <message>
        <source>canned</source>
        <translation>固定结果</translation>
    </message>
    <message>
        <source>built in</source>
        <translation>内置工具</translation>
    </message>
    <message>
        <source>This is not JSON: see line {line}, column {column}. Correct it, then try again.</source>
        <translation>这不是 JSON：请查看第 {line} 行第 {column} 列。请更正后重试。</translation>
    </message>
    <message>
        <source>This text is too long for tool definitions.</source>
        <translation>文本过长，不能作为工具定义。</translation>
    </message>
    <message>
        <source>There are no tools in it. Tools are an array as in a request, or one object with a name.</source>
        <translation>其中没有工具。工具应为请求中那样的数组，或带名称的单个对象。</translation>
    </message>
    <message>
        <source>it has no name</source>
        <translation>没有名称</translation>
    </message>
    <message>
        <source>its parameters are not an object</source>
        <translation>参数不是对象</translation>
    </message>
    <message>
        <source>its parameters are too long</source>
        <translation>参数过长</translation>
    </message>
    <message>
        <source>its description is not a text, or too long</source>
        <translation>说明不是文本，或过长</translation>
    </message>
    <message>
        <source>there are too many tools already</source>
        <translation>工具数量已达上限</translation>
    </message>
    <message>
        <source>it is not a function</source>
        <translation>它不是函数</translation>
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
        <source>More actions</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Play takes</source>
        <translation>播放配音</translation>
    </message>
    <message>
        <source>Stop what MiMo spoke</source>
        <translation>停止播放 MiMo 说的话</translation>
    </message>
    <message>
        <source>Play what MiMo spoke</source>
        <translation>播放 MiMo 说的话</translation>
    </message>
    <message>
        <source>Let MiMo go on where this answer was cut off</source>
        <translation>让 MiMo 从中断处继续回答</translation>
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
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Delete message</source>
        <translation>删除消息</translation>
    </message>
    <message>
        <source>Speak</source>
        <translation>朗读</translation>
    </message>
    <message>
        <source>Send to Studio</source>
        <translation>发送到工作室</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Branch from here</source>
        <translation>从此处建立分支</translation>
    </message>
    <message>
        <source>Regenerate with</source>
        <translation>换用模型或参数重新生成</translation>
    </message>
    <message>
        <source>Copy as image</source>
        <translation>复制为图片</translation>
    </message>
    <message>
        <source>Save as image</source>
        <translation>存为图片</translation>
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
        <source>Open the console</source>
        <translation>打开控制台</translation>
    </message>
    <message>
        <source>Answer without search</source>
        <translation>不搜索，直接回答</translation>
    </message>
    <message>
        <source>Force search and retry</source>
        <translation>强制搜索并重试</translation>
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
        <source>Send answer</source>
        <translation>发送回答</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Reason…</source>
        <translation>理由…</translation>
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
        <source>Tool call {name} {n}</source>
        <translation>工具调用 {name} {n}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Edit arguments</source>
        <translation>编辑参数</translation>
    </message>
    <message>
        <source>Allow with these</source>
        <translation>用这些参数允许</translation>
    </message>
    <message>
        <source>Allow with these (Ctrl+Enter)</source>
        <translation>用这些参数允许 (Ctrl+Enter)</translation>
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
        <source>The tool runs with these arguments, this once.</source>
        <translation>工具将使用这些参数运行，仅此一次。</translation>
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
    <message>
        <source>The arguments are not valid JSON: see line {line}, column {column}. Correct them, then try again.</source>
        <translation>参数不是有效的 JSON：请查看第 {line} 行第 {column} 列。请更正后重试。</translation>
    </message>
    <message>
        <source>The arguments must be a JSON object such as {&quot;city&quot;: &quot;Beijing&quot;}. Correct them, then try again.</source>
        <translation>参数必须是 JSON 对象，例如 {&quot;city&quot;: &quot;Beijing&quot;}。请更正后重试。</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>到此为止</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Valid JSON</source>
        <translation>有效的 JSON</translation>
    </message>
    <message>
        <source>inside a code fence</source>
        <translation>在代码块中</translation>
    </message>
    <message>
        <source>Not JSON</source>
        <translation>不是 JSON</translation>
    </message>
    <message>
        <source>line {line}, character {column}</source>
        <translation>第 {line} 行，第 {column} 个字符</translation>
    </message>
    <message>
        <source>Copy JSON</source>
        <translation>复制 JSON</translation>
    </message>
    <message>
        <source>Not sent any more; a summary is sent instead</source>
        <translation>不再发送，由总结代替</translation>
    </message>
    <message>
        <source>Not sent any more</source>
        <translation>不再发送</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>再次发送</translation>
    </message>
    <message>
        <source>Send this message again</source>
        <translation>重新发送此消息</translation>
    </message>
    <message>
        <source>Web search stays on for the next message.</source>
        <translation>下一条消息仍会联网搜索。</translation>
    </message>
    <message>
        <source>Answer again with a search, for this answer only.</source>
        <translation>仅对此回答强制搜索并重新回答。</translation>
    </message>
    <message>
        <source>Stop speaking</source>
        <translation>停止朗读</translation>
    </message>
    <message>
        <source>Play recording</source>
        <translation>播放我的录音</translation>
    </message>
    <message>
        <source>Stop playback</source>
        <translation>停止播放</translation>
    </message>
</context>
<context>
    <name>Versions</name>
    <message>
        <source>Regenerate with</source>
        <translation>换用模型或参数重新生成</translation>
    </message>
    <message>
        <source>Model for this version</source>
        <translation>此版本的模型</translation>
    </message>
    <message>
        <source>Think first for this version</source>
        <translation>此版本先思考</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Temperature for this version</source>
        <translation>此版本的温度</translation>
    </message>
    <message>
        <source>Top P for this version</source>
        <translation>此版本的 Top P</translation>
    </message>
    <message>
        <source>Max tokens for this version</source>
        <translation>此版本的最大 token 数</translation>
    </message>
    <message>
        <source>Make this version</source>
        <translation>生成此版本</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>These hold for this answer only. The conversation keeps its own model and parameters.</source>
        <translation>仅用于这条回答。对话仍使用自己的模型和参数。</translation>
    </message>
    <message>
        <source>set by the service while thinking</source>
        <translation>思考时由服务决定</translation>
    </message>
</context>
<context>
    <name>Voices</name>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Designed</source>
        <translation>设计</translation>
    </message>
    <message>
        <source>Cloned</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>From a take</source>
        <translation>由配音保存</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>All {n}</source>
        <translation>全部 {n}</translation>
    </message>
    <message>
        <source>Built-in {n}</source>
        <translation>内置 {n}</translation>
    </message>
    <message>
        <source>Designed {n}</source>
        <translation>设计 {n}</translation>
    </message>
    <message>
        <source>Cloned {n}</source>
        <translation>克隆 {n}</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>A voice of the service: it can be heard, starred and used, but not changed, copied or deleted here.</source>
        <translation>服务自带的音色：可以试听、加星标和使用，但不能在这里修改、复制或删除。</translation>
    </message>
    <message>
        <source>sample missing</source>
        <translation>样本缺失</translation>
    </message>
    <message>
        <source>no consent</source>
        <translation>未获同意</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>一个文件</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>现场录制</translation>
    </message>
    <message>
        <source>A take</source>
        <translation>一条配音</translation>
    </message>
    <message>
        <source>Candidate {n}</source>
        <translation>候选 {n}</translation>
    </message>
    <message>
        <source>A take of “{name}”</source>
        <translation>“{name}”的配音</translation>
    </message>
    <message>
        <source>Designed: {text}</source>
        <translation>设计：{text}</translation>
    </message>
    <message>
        <source>The best stretch</source>
        <translation>最佳片段</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Clone sample</source>
        <translation>克隆样本</translation>
    </message>
    <message>
        <source>Copied from “{name}”</source>
        <translation>复制自“{name}”</translation>
    </message>
    <message>
        <source>Imported from {name}</source>
        <translation>导入自 {name}</translation>
    </message>
    <message>
        <source>{n} takes of one line, {date}</source>
        <translation>同一句的 {n} 条配音，{date}</translation>
    </message>
    <message>
        <source>{done} of {total} takes spoken</source>
        <translation>已生成 {done}/{total} 条</translation>
    </message>
    <message>
        <source>{title}, 1 take</source>
        <translation>{title}，1 条配音</translation>
    </message>
    <message>
        <source>{title}, {n} takes</source>
        <translation>{title}，{n} 条配音</translation>
    </message>
    <message>
        <source>1 take outside the studio</source>
        <translation>工作室之外有 1 条配音</translation>
    </message>
    <message>
        <source>{n} takes outside the studio</source>
        <translation>工作室之外有 {n} 条配音</translation>
    </message>
    <message>
        <source>{n} semitones</source>
        <translation>{n} 个半音</translation>
    </message>
    <message>
        <source>{n} LU</source>
        <translation>{n} LU</translation>
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
        <translation>由配音保存</translation>
    </message>
    <message>
        <source>cloned</source>
        <translation>克隆</translation>
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
        <source>Level</source>
        <translation>响度</translation>
    </message>
    <message>
        <source>Room noise</source>
        <translation>环境噪声</translation>
    </message>
    <message>
        <source>Hum</source>
        <translation>交流声</translation>
    </message>
    <message>
        <source>Speech share</source>
        <translation>语音占比</translation>
    </message>
    <message>
        <source>Silences</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Whole file</source>
        <translation>文件完整性</translation>
    </message>
    <message>
        <source>look</source>
        <translation>留意</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>带宽</translation>
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
        <source>Rate</source>
        <translation>采样率</translation>
    </message>
    <message>
        <source>DC offset</source>
        <translation>直流偏移</translation>
    </message>
    <message>
        <source>Encoded size</source>
        <translation>编码大小</translation>
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
        <source>{n} kHz</source>
        <translation>{n} kHz</translation>
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
        <source>float</source>
        <translation>浮点</translation>
    </message>
    <message>
        <source>{n} bit</source>
        <translation>{n} 位</translation>
    </message>
    <message>
        <source>smaller sample</source>
        <translation>更小的样本</translation>
    </message>
    <message>
        <source>consent</source>
        <translation>说话人同意</translation>
    </message>
    <message>
        <source>a name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Needs: {what}</source>
        <translation>还需要：{what}</translation>
    </message>
    <message>
        <source>Saves {t} as</source>
        <translation>将保存 {t}，名称</translation>
    </message>
    <message>
        <source>good</source>
        <translation>良好</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>较差</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测得</translation>
    </message>
    <message>
        <source>{t} of speech: 10 to 60 s are enough, more only makes it larger.</source>
        <translation>语音 {t}：10 到 60 秒已足够，更长只会让文件更大。</translation>
    </message>
    <message>
        <source>{t}, enough for a clone.</source>
        <translation>{t}，足够克隆。</translation>
    </message>
    <message>
        <source>{t} kept of {whole}, enough for a clone.</source>
        <translation>保留 {whole} 中的 {t}，足够克隆。</translation>
    </message>
    <message>
        <source>Only {t} of speech; 10 s or more sound closer to the speaker.</source>
        <translation>语音只有 {t}；10 秒以上会更像说话人。</translation>
    </message>
    <message>
        <source>No sample is cut off at a limit.</source>
        <translation>没有削波。</translation>
    </message>
    <message>
        <source>A few peaks are cut off, less than 0.1 % of the samples.</source>
        <translation>少数峰值被削平，不到采样的 0.1 %。</translation>
    </message>
    <message>
        <source>{n} % of the samples are cut off. Record again, more quietly.</source>
        <translation>采样有 {n} % 被削平。请调低音量重新录制。</translation>
    </message>
    <message>
        <source>There is nothing loud enough to measure.</source>
        <translation>声音太轻，无法测量。</translation>
    </message>
    <message>
        <source>Brought to {n} LUFS; the peak is {peak} dB.</source>
        <translation>已调到 {n} LUFS；峰值 {peak} dB。</translation>
    </message>
    <message>
        <source>{n} LUFS, as speech should be.</source>
        <translation>{n} LUFS，适合语音。</translation>
    </message>
    <message>
        <source>Quiet: {n} LUFS.</source>
        <translation>偏轻：{n} LUFS。</translation>
    </message>
    <message>
        <source>Loud: {n} LUFS.</source>
        <translation>偏响：{n} LUFS。</translation>
    </message>
    <message>
        <source>There is no pause in which the room can be heard alone.</source>
        <translation>没有能单独听到环境声的停顿。</translation>
    </message>
    <message>
        <source>Nothing between the words.</source>
        <translation>词与词之间没有噪声。</translation>
    </message>
    <message>
        <source>The noise is louder than the speech.</source>
        <translation>噪声比语音还响。</translation>
    </message>
    <message>
        <source>{n} dB below the speech between the words.</source>
        <translation>停顿处比语音低 {n} dB。</translation>
    </message>
    <message>
        <source>Only {n} dB below the speech. A quieter room helps.</source>
        <translation>只比语音低 {n} dB。换个更安静的房间会更好。</translation>
    </message>
    <message>
        <source>Too short to tell, less than a second.</source>
        <translation>不足一秒，太短，无法判断。</translation>
    </message>
    <message>
        <source>None left above 80 Hz.</source>
        <translation>80 Hz 以上已没有交流声。</translation>
    </message>
    <message>
        <source>No mains hum.</source>
        <translation>没有交流声。</translation>
    </message>
    <message>
        <source>A {hz} Hz hum, {n} dB below the speech.</source>
        <translation>{hz} Hz 交流声，比语音低 {n} dB。</translation>
    </message>
    <message>
        <source>A steady tone, not speech.</source>
        <translation>持续的音调，不是语音。</translation>
    </message>
    <message>
        <source>No speech was found.</source>
        <translation>没有找到语音。</translation>
    </message>
    <message>
        <source>{n} % speech, {rest} % pauses.</source>
        <translation>语音 {n} %，停顿 {rest} %。</translation>
    </message>
    <message>
        <source>{first} of silence at the start, {last} at the end.</source>
        <translation>开头静音 {first}，结尾静音 {last}。</translation>
    </message>
    <message>
        <source>No pauses inside, none at the ends.</source>
        <translation>中间和两端都没有停顿。</translation>
    </message>
    <message>
        <source>The longest pause is {t}: trim it off, or keep one side.</source>
        <translation>最长的停顿为 {t}：请剪去，或只保留一侧。</translation>
    </message>
    <message>
        <source>The longest pause is {t}.</source>
        <translation>最长的停顿为 {t}。</translation>
    </message>
    <message>
        <source>One side is used: the two cancel each other.</source>
        <translation>只用一个声道：两个声道互相抵消。</translation>
    </message>
    <message>
        <source>Mixed to mono. The sides differed by {n} dB.</source>
        <translation>已混为单声道。两个声道相差 {n} dB。</translation>
    </message>
    <message>
        <source>Mixed to mono.</source>
        <translation>已混为单声道。</translation>
    </message>
    <message>
        <source>Mono.</source>
        <translation>单声道。</translation>
    </message>
    <message>
        <source>One channel of {n} is empty.</source>
        <translation>{n} 个声道中有一个是空的。</translation>
    </message>
    <message>
        <source>The two sides cancel each other; mono uses the louder one.</source>
        <translation>两个声道互相抵消；单声道会取较响的一个。</translation>
    </message>
    <message>
        <source>{n} channels; a clone needs one.</source>
        <translation>{n} 个声道；克隆只需一个。</translation>
    </message>
    <message>
        <source>Stereo, one side {n} dB louder than the other.</source>
        <translation>立体声，一侧比另一侧响 {n} dB。</translation>
    </message>
    <message>
        <source>Stereo, both sides alike within {n} dB.</source>
        <translation>立体声，两侧相差不超过 {n} dB。</translation>
    </message>
    <message>
        <source>There is nothing to measure.</source>
        <translation>没有可测量的内容。</translation>
    </message>
    <message>
        <source>Sound up to {n} kHz.</source>
        <translation>声音达到 {n} kHz。</translation>
    </message>
    <message>
        <source>Sound up to {n} kHz only, as from a telephone; 7 kHz is better.</source>
        <translation>声音只到 {n} kHz，像电话；7 kHz 以上更好。</translation>
    </message>
    <message>
        <source>{n} kHz, from {was} kHz.</source>
        <translation>{n} kHz，原为 {was} kHz。</translation>
    </message>
    <message>
        <source>{n} kHz, more than a voice needs.</source>
        <translation>{n} kHz，高于语音所需。</translation>
    </message>
    <message>
        <source>{n} kHz: the high sounds of speech are missing.</source>
        <translation>{n} kHz：缺少语音的高频部分。</translation>
    </message>
    <message>
        <source>{n} kHz.</source>
        <translation>{n} kHz。</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>已去除。</translation>
    </message>
    <message>
        <source>None.</source>
        <translation>无。</translation>
    </message>
    <message>
        <source>The wave is shifted by {n} % of full scale.</source>
        <translation>波形偏移满刻度的 {n} %。</translation>
    </message>
    <message>
        <source>{n} of 10 MB, and no fix makes it fit. Trim to at most {max} min.</source>
        <translation>10 MB 中占 {n}，任何修复都不够。请剪到最多 {max} 分钟。</translation>
    </message>
    <message>
        <source>{n} of 10 MB. It can’t be sent like this.</source>
        <translation>10 MB 中占 {n}。这样无法发送。</translation>
    </message>
    <message>
        <source>{n} of 10 MB. Was {was} before the fixes.</source>
        <translation>10 MB 中占 {n}。修复前为 {was}。</translation>
    </message>
    <message>
        <source>{n} of 10 MB.</source>
        <translation>10 MB 中占 {n}。</translation>
    </message>
    <message>
        <source>The file breaks off; its end may be missing.</source>
        <translation>文件中途断开，结尾可能缺失。</translation>
    </message>
    <message>
        <source>{n} damaged samples, now silent.</source>
        <translation>{n} 个损坏的采样，已静音。</translation>
    </message>
    <message>
        <source>Only the first format is read, {n} % is in another.</source>
        <translation>只读取第一种格式，另有 {n} % 是其他格式。</translation>
    </message>
    <message>
        <source>Too long to open whole: {from} to {to} of {whole}.</source>
        <translation>太长，无法整个打开：{whole} 中的 {from} 到 {to}。</translation>
    </message>
    <message>
        <source>Shorter than it claims: {n} % of the file is missing.</source>
        <translation>比文件头声明的短：缺少 {n} %。</translation>
    </message>
    <message>
        <source>Keep the best</source>
        <translation>保留最佳</translation>
    </message>
    <message>
        <source>Trim silence</source>
        <translation>裁去静音</translation>
    </message>
    <message>
        <source>Lower level</source>
        <translation>降低电平</translation>
    </message>
    <message>
        <source>Raise level</source>
        <translation>提高电平</translation>
    </message>
    <message>
        <source>Resample</source>
        <translation>重采样</translation>
    </message>
    <message>
        <source>High-pass</source>
        <translation>高通</translation>
    </message>
    <message>
        <source>Shrink to fit</source>
        <translation>缩小到可发送</translation>
    </message>
    <message>
        <source>Bring to level</source>
        <translation>调整电平</translation>
    </message>
    <message>
        <source>Undo {check}</source>
        <translation>撤销{check}</translation>
    </message>
    <message>
        <source>Fix {check}</source>
        <translation>修复{check}</translation>
    </message>
    <message>
        <source>{n} to fix</source>
        <translation>{n} 项要修复</translation>
    </message>
    <message>
        <source>{n} to look at</source>
        <translation>{n} 项要留意</translation>
    </message>
    <message>
        <source>{n} not measured</source>
        <translation>{n} 项未测得</translation>
    </message>
    <message>
        <source>all good</source>
        <translation>全部良好</translation>
    </message>
    <message>
        <source>of the kept {t}</source>
        <translation>仅所保留的 {t}</translation>
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
        <source>Path of a recording</source>
        <translation>录音的路径</translation>
    </message>
    <message>
        <source>or paste a path, drop files here</source>
        <translation>或粘贴路径、拖入文件</translation>
    </message>
    <message>
        <source>Waiting samples</source>
        <translation>等待的样本</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Choose one to check it; trims and fixes of the others stay.</source>
        <translation>选择一个来检查；其他样本的剪辑和修复会保留。</translation>
    </message>
    <message>
        <source>Search takes</source>
        <translation>搜索配音</translation>
    </message>
    <message>
        <source>Search takes of all sessions</source>
        <translation>搜索所有会话的配音</translation>
    </message>
    <message>
        <source>Takes to clone</source>
        <translation>可克隆的配音</translation>
    </message>
    <message>
        <source>There is no such take with sound.</source>
        <translation>没有这样的有声配音。</translation>
    </message>
    <message>
        <source>“{name}” stays open.</source>
        <translation>“{name}”仍保持打开。</translation>
    </message>
    <message>
        <source>Reading and checking the file: {n} %</source>
        <translation>正在读取并检查文件：{n} %</translation>
    </message>
    <message>
        <source>“{name}” is off the list.</source>
        <translation>“{name}”已从列表移除。</translation>
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
        <source>no sample yet</source>
        <translation>还没有样本</translation>
    </message>
    <message>
        <source>not spoken yet</source>
        <translation>还没有朗读</translation>
    </message>
    <message>
        <source>nothing was spoken</source>
        <translation>没有读出声音</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>朗读中</translation>
    </message>
    <message>
        <source>Shrink to fit first</source>
        <translation>请先缩小到可发送</translation>
    </message>
    <message>
        <source>{a} and {b} Hz</source>
        <translation>{a} 和 {b} Hz</translation>
    </message>
    <message>
        <source>{a} and {b} syllables a second</source>
        <translation>每秒 {a} 和 {b} 个音节</translation>
    </message>
    <message>
        <source>as delivered; played alike</source>
        <translation>按原样；播放时一样响</translation>
    </message>
    <message>
        <source>as delivered</source>
        <translation>按原样</translation>
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
        <source>Loop the kept part</source>
        <translation>循环保留部分</translation>
    </message>
    <message>
        <source>Snap to silence</source>
        <translation>吸附到静音</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>修复前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>修复后</translation>
    </message>
    <message>
        <source>equal loudness</source>
        <translation>等响度</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
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
        <source>Best: 10 to 60 seconds of one person, without noise. WAV, FLAC, MP3 or OGG; with ffmpeg also M4A or video. At most 10 MB is sent; of a long file the best 30 s are proposed.</source>
        <translation>最好是一个人 10 到 60 秒、没有噪声的语音。WAV、FLAC、MP3 或 OGG；装有 ffmpeg 时还可用 M4A 或视频。最多发送 10 MB；长文件会建议其中最好的 30 秒。</translation>
    </message>
    <message>
        <source>Undo fixes</source>
        <translation>撤销修复</translation>
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
        <source>Test text {n}</source>
        <translation>试读文本 {n}</translation>
    </message>
    <message>
        <source>Remove text {n}</source>
        <translation>移除文本 {n}</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>Equal loudness</source>
        <translation>等响度</translation>
    </message>
    <message>
        <source>Test text</source>
        <translation>测试文本</translation>
    </message>
    <message>
        <source>Test direction</source>
        <translation>试读指导</translation>
    </message>
    <message>
        <source>Direction, if any</source>
        <translation>指导（可选）</translation>
    </message>
    <message>
        <source>Another text</source>
        <translation>再加一段文本</translation>
    </message>
    <message>
        <source>Yes, I had a sandwich.</source>
        <translation>是的，我吃了一个三明治。</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>音高</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>语速</translation>
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
        <source>Clone {n}</source>
        <translation>克隆 {n}</translation>
    </message>
    <message>
        <source>The speaker agrees that this recording, which is personal acoustic data, is sent to the service with every request and that speech is made in this voice.</source>
        <translation>说话人同意：这段录音属于个人声音数据，会随每次请求发送给服务，并用于以此音色合成语音。</translation>
    </message>
    <message>
        <source>A designed voice: no person was recorded, none has to agree.</source>
        <translation>这是设计的音色：没有录制真人，无需任何人同意。</translation>
    </message>
    <message>
        <source>Kept from a built-in voice: no person was recorded, none has to agree.</source>
        <translation>由内置音色保存：没有录制真人，无需任何人同意。</translation>
    </message>
    <message>
        <source>Withdrawn on {date}. This voice is not spoken.</source>
        <translation>已于 {date} 撤回。不会再用此音色合成。</translation>
    </message>
    <message>
        <source>Nothing says that the speaker agreed. This voice is not spoken until then.</source>
        <translation>没有说话人同意的记录。在此之前不会用此音色合成。</translation>
    </message>
    <message>
        <source>Inherited from “{voice}”, whose speaker agreed on {date}.</source>
        <translation>沿用“{voice}”的同意，其说话人于 {date} 同意。</translation>
    </message>
    <message>
        <source>The speaker agreed on {date}.</source>
        <translation>说话人于 {date} 同意。</translation>
    </message>
    <message>
        <source>“{name}” is not spoken without its speaker’s consent.</source>
        <translation>没有说话人的同意，不会用“{name}”合成。</translation>
    </message>
    <message>
        <source>Nothing says that the speaker behind this take agreed, so no voice is made from it.</source>
        <translation>没有这条配音背后说话人同意的记录，因此不会由它生成音色。</translation>
    </message>
    <message>
        <source>The speaker has agreed</source>
        <translation>说话人已同意</translation>
    </message>
    <message>
        <source>play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>trim here</source>
        <translation>在此剪辑</translation>
    </message>
    <message>
        <source>nudge the handle</source>
        <translation>微移手柄</translation>
    </message>
    <message>
        <source>before, after</source>
        <translation>修复前、后</translation>
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
        <translation>候选配音</translation>
    </message>
    <message>
        <source>Who speaks and how: gender and age, texture, mood, pace.</source>
        <translation>谁在说、怎样说：性别年龄、质感、情绪、语速。</translation>
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
        <source>The microphone picks up very little. Speak closer to it, or raise its level in the system settings.</source>
        <translation>麦克风的声音很小。请靠近一些，或在系统设置中调高音量。</translation>
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
        <source>{n} voices were deleted.</source>
        <translation>已删除 {n} 个音色。</translation>
    </message>
    <message>
        <source>“{voice}” and its sample were exported to {name}.</source>
        <translation>“{voice}”及其样本已导出到 {name}。</translation>
    </message>
    <message>
        <source>{n} voices and their samples were exported to {name}.</source>
        <translation>{n} 个音色及其样本已导出到 {name}。</translation>
    </message>
    <message>
        <source>Import voice</source>
        <translation>导入音色</translation>
    </message>
    <message>
        <source>{n} voices are in the library.</source>
        <translation>{n} 个音色已在音色库中。</translation>
    </message>
    <message>
        <source>No voice fits the search and the filters.</source>
        <translation>没有音色符合搜索和筛选条件。</translation>
    </message>
    <message>
        <source>Show all voices</source>
        <translation>显示全部音色</translation>
    </message>
    <message>
        <source>Saved voices</source>
        <translation>已存音色</translation>
    </message>
    <message>
        <source>Search voices</source>
        <translation>搜索音色</translation>
    </message>
    <message>
        <source>All voices</source>
        <translation>全部音色</translation>
    </message>
    <message>
        <source>Built-in voices</source>
        <translation>内置音色</translation>
    </message>
    <message>
        <source>Designed voices</source>
        <translation>设计的音色</translation>
    </message>
    <message>
        <source>Cloned voices</source>
        <translation>克隆的音色</translation>
    </message>
    <message>
        <source>Chinese voices</source>
        <translation>中文音色</translation>
    </message>
    <message>
        <source>English voices</source>
        <translation>英文音色</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>已加星标</translation>
    </message>
    <message>
        <source>Order of voices</source>
        <translation>音色排序</translation>
    </message>
    <message>
        <source>Show as list</source>
        <translation>以列表显示</translation>
    </message>
    <message>
        <source>Play voice</source>
        <translation>播放音色</translation>
    </message>
    <message>
        <source>Remove tag {name}</source>
        <translation>移除标签“{name}”</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>还没有。</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>漂移</translation>
    </message>
    <message>
        <source>Star voice</source>
        <translation>为音色加星标</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Add tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>+ Tag</source>
        <translation>+标签</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Voice language</source>
        <translation>音色语言</translation>
    </message>
    <message>
        <source>How it was made</source>
        <translation>制作过程</translation>
    </message>
    <message>
        <source>Before and after, equal loudness</source>
        <translation>前后对比（响度一致）</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>合成</translation>
    </message>
    <message>
        <source>Play the sample</source>
        <translation>播放样本</translation>
    </message>
    <message>
        <source>Play what it spoke</source>
        <translation>播放合成结果</translation>
    </message>
    <message>
        <source>This voice has not spoken yet.</source>
        <translation>此音色尚未合成过语音。</translation>
    </message>
    <message>
        <source>Check drift</source>
        <translation>测量漂移</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Read the wording</source>
        <translation>查看同意内容</translation>
    </message>
    <message>
        <source>Withdraw consent</source>
        <translation>撤回同意</translation>
    </message>
    <message>
        <source>Used in</source>
        <translation>使用位置</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Voice note</source>
        <translation>音色备注</translation>
    </message>
    <message>
        <source>What is it good for?</source>
        <translation>它适合做什么？</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Duplicate voice</source>
        <translation>复制音色</translation>
    </message>
    <message>
        <source>Delete voice</source>
        <translation>删除音色</translation>
    </message>
    <message>
        <source>Use in Studio</source>
        <translation>在工作室使用</translation>
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
        <source>The file itself is never changed</source>
        <translation>文件本身绝不会改动</translation>
    </message>
    <message>
        <source>“Preview text” is empty. Type a line, or switch on “Polish the text” to have one written.</source>
        <translation>“试听文本”是空的。请输入一句话，或打开“润色文本”让模型代写。</translation>
    </message>
    <message>
        <source>The candidate was deleted.</source>
        <translation>候选已删除。</translation>
    </message>
    <message>
        <source>The consent for “{name}” is recorded.</source>
        <translation>已记录“{name}”的同意。</translation>
    </message>
    <message>
        <source>The sample of this voice is missing or damaged, so it can&apos;t speak. A backup may have it.</source>
        <translation>此音色的样本缺失或已损坏，因此无法合成。备份中也许还有。</translation>
    </message>
    <message>
        <source>Replace the sample…</source>
        <translation>替换样本…</translation>
    </message>
    <message>
        <source>Stop check</source>
        <translation>停止检查</translation>
    </message>
    <message>
        <source>Not checked: one line is spoken several times and compared.</source>
        <translation>未检查：会把同一句合成多次并比较。</translation>
    </message>
    <message>
        <source>The tag “{name}” was removed.</source>
        <translation>已移除标签“{name}”。</translation>
    </message>
    <message>
        <source>The consent for “{name}” is withdrawn: it is not spoken.</source>
        <translation>已撤回“{name}”的同意：不会再用它合成。</translation>
    </message>
    <message>
        <source>The consent for “{name}” and {n} voices made from it is withdrawn: they are not spoken.</source>
        <translation>已撤回“{name}”及由它生成的 {n} 个音色的同意：不会再用它们合成。</translation>
    </message>
    <message>
        <source>Replace the sample</source>
        <translation>替换样本</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>“{name}” has another sample.</source>
        <translation>“{name}”已换用另一份样本。</translation>
    </message>
    <message>
        <source>The drift of “{name}” was not measured: fewer than two takes are complete. Check it again.</source>
        <translation>未能测量“{name}”的漂移：完整的配音不足两条。请再检查一次。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>A person was recorded. Date and wording stay with the voice.</source>
        <translation>录的是真人。日期和同意书会随音色保存。</translation>
    </message>
    <message>
        <source>No person was recorded, so nobody has to agree.</source>
        <translation>没有录制真人，因此无需任何人同意。</translation>
    </message>
    <message>
        <source>The consent to “{voice}” of {date} holds for this voice too.</source>
        <translation>“{voice}”在 {date} 得到的同意也适用于这个音色。</translation>
    </message>
    <message>
        <source>A cloned voice spoke this take; its speaker has to agree.</source>
        <translation>这条配音由克隆音色朗读；需要其说话人同意。</translation>
    </message>
    <message>
        <source>of {t} kept</source>
        <translation>/ 保留 {t}</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>配音</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>recorded {date} · {t}</source>
        <translation>录于 {date} · {t}</translation>
    </message>
</context>
<context>
    <name>WebSearch</name>
    <message>
        <source>Until then this is sent: {place}</source>
        <translation>在此之前仍发送：{place}</translation>
    </message>
    <message>
        <source>Until then no place is sent.</source>
        <translation>在此之前不会发送位置。</translation>
    </message>
    <message>
        <source>Form: {form}</source>
        <translation>格式：{form}</translation>
    </message>
    <message>
        <source>The model may search the web before it answers. Each keyword is a billed search.</source>
        <translation>模型可在回答前联网搜索。每个关键词按一次搜索计费。</translation>
    </message>
    <message>
        <source>Search for every message, instead of letting the model decide.</source>
        <translation>每条消息都搜索，而不由模型决定。</translation>
    </message>
    <message>
        <source>Keywords the model may search for, 1 to 50; 5 by default.</source>
        <translation>模型最多搜索的关键词数，1 到 50，默认 5。</translation>
    </message>
    <message>
        <source>Pages to find for each keyword, 1 to 50; 5 by default.</source>
        <translation>每个关键词返回的网页数，1 到 50，默认 5。</translation>
    </message>
    <message>
        <source>China, Hubei, Wuhan</source>
        <translation>中国，湖北，武汉</translation>
    </message>
    <message>
        <source>Not part of a Token Plan. Use pay-as-you-go to search.</source>
        <translation>Token Plan 不含联网搜索。请使用按量付费服务。</translation>
    </message>
    <message>
        <source>Not available over the Anthropic protocol. Choose OpenAI in Settings, Services.</source>
        <translation>Anthropic 协议不支持联网搜索。请在“设置 › 服务”中选择 OpenAI 协议。</translation>
    </message>
    <message>
        <source>This model can&apos;t search the web.</source>
        <translation>此模型不能联网搜索。</translation>
    </message>
    <message>
        <source>This is Xiaomi&apos;s own search. A gateway or another server may refuse it.</source>
        <translation>这是小米自有的搜索功能，网关或其他服务器可能会拒绝。</translation>
    </message>
    <message>
        <source>country, region, city, district, longitude, latitude</source>
        <translation>国家，地区，城市，区县，经度，纬度</translation>
    </message>
    <message>
        <source>country {name}</source>
        <translation>国家 {name}</translation>
    </message>
    <message>
        <source>region {name}</source>
        <translation>地区 {name}</translation>
    </message>
    <message>
        <source>city {name}</source>
        <translation>城市 {name}</translation>
    </message>
    <message>
        <source>district {name}</source>
        <translation>区县 {name}</translation>
    </message>
    <message>
        <source>Longitude and latitude belong together: add the missing one.</source>
        <translation>经度和纬度需成对填写，请补上缺少的一个。</translation>
    </message>
    <message>
        <source>The longitude must be between −180 and 180.</source>
        <translation>经度必须在 −180 到 180 之间。</translation>
    </message>
    <message>
        <source>The latitude must be between −90 and 90.</source>
        <translation>纬度必须在 −90 到 90 之间。</translation>
    </message>
    <message>
        <source>Type the longitude (east, west) before the latitude.</source>
        <translation>请先填经度（东西），再填纬度。</translation>
    </message>
    <message>
        <source>Type at most four names: country, region, city, district.</source>
        <translation>最多填写四个名称：国家、地区、城市、区县。</translation>
    </message>
    <message>
        <source>A name can have at most 200 characters.</source>
        <translation>每个名称最多 200 个字符。</translation>
    </message>
    <message>
        <source>Numbers can only be a longitude and a latitude, at the end.</source>
        <translation>数字只能是末尾的经度和纬度。</translation>
    </message>
    <message>
        <source>The web was searched, and no page was found.</source>
        <translation>已联网搜索，但没有找到网页。</translation>
    </message>
    <message>
        <source>No sources came, although the search was forced. Either the plugin was turned on less than five minutes ago, or this model does not support it.</source>
        <translation>已强制搜索，但没有返回来源。可能插件开启不到五分钟，或此模型不支持搜索。</translation>
    </message>
    <message>
        <source>No sources: the model saw no need to search, or the plugin was turned on less than five minutes ago, or this model does not support it.</source>
        <translation>没有来源：模型可能认为无需搜索，或插件开启不到五分钟，或此模型不支持搜索。</translation>
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
        <translation>演示模式</translation>
    </message>
</context>
</TS>
