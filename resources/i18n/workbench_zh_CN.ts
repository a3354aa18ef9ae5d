<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Chat</name>
    <message>
        <source>MiMo wrote a tool call into its thoughts: switch Thinking off and retry.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The request limit is reached: sending in {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service did not answer: trying again in {time}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{title}” was deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model “{name}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This call belongs to another conversation: open that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What time is it in Beijing now, and how long until midnight there?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask MiMo anything. You see what it thinks, which tools it calls, and what it answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try an example</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message MiMo…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Think first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the model think before it answers. Its thoughts are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Conversations</name>
    <message>
        <source>Conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No conversation contains these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversation title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pin conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete conversation</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Something unexpected happened ({kind}): {message}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your work is kept. Copy the report and send it to us.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service did not accept the request: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change what it names and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service wants the earlier thinking back: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch on “Send earlier thinking” in Parameters and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Web search is switched off for this account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch the plugin on in the console (it takes five minutes) or send without web search.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service did not accept the key: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be mistyped, expired, or belong to another plan or region. Check it in Settings, Services.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key is saved for {service}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter one in Settings, Services, or use the demo service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key is of another kind than {host} takes; it was not sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys beginning sk- are for pay-as-you-go, tp- and ttp- for Token Plan: choose that service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account has no balance left: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recharge it in the console, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service refuses access: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may not be available in this region, or the key is locked: create a new key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service sees a risk in the requests: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mind the content you send; a new key may be needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service knows no such model or address: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the base URL and choose a model from the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model takes no images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a model that sees, or remove the image.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service refused the content: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rephrase it without unsafe or sensitive content.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many requests in the last minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait a little and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The plan&apos;s quota is used up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upgrade the plan, wait for its renewal, or use pay-as-you-go.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service had an internal error ({status}): {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again later; if it stays, write to support-mimo@xiaomi.com.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service is overloaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service answered with status {status}: {detail}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the base URL in Settings, Services.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} can&apos;t be reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network and the base URL, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} did not take the connection within {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the network or the proxy, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} sent nothing within {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again; the time limit is in Settings, Network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply went silent for {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What arrived is kept. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The call was not finished after {seconds} s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try a shorter text, or raise the limit in Settings, Network.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The secure connection to {host} failed: {message}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the computer&apos;s clock, the proxy and its certificates.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to {host} broke off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply ended before it was finished.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} answered with something that is not the MiMo protocol.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the base URL and the protocol in Settings, Services.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply is larger than the limit of {limit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask for less at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} would get the key unencrypted; nothing was sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use an https address, or allow plain http for this service.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base URL is no web address: {url}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It looks like https://api.xiaomimimo.com/v1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} sends us on to {target}; the key was not sent there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If you trust it, enter that address as the base URL.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo service is not installed (missing: {missing}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start with “python3 packaging/bootstrap.py run”, or install the extra “demo”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo service ended unexpectedly.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It starts again with the next try.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo service did not start: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again, or choose another service in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model asked for a tool that does not exist: {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was told so and may go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The arguments for {name} can&apos;t be used: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model was told; you can edit them and replay.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} failed: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model was told so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sound needs the PortAudio library, which is missing here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install it (Debian, Ubuntu: apt install libportaudio2). Everything else works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no device to play on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect one or choose it in Settings, Audio.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no microphone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect one or choose it in Settings, Audio; a file works too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sound device went away.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Playback waits at its place: press Play to go on elsewhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sound device can&apos;t be opened: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close what uses it, or choose another in Settings, Audio.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no sound in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again, or choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} can&apos;t be read as sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a WAV, FLAC, MP3, OGG or AIFF file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is in a sound format that can&apos;t be used here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading {name} needs the program ffmpeg, which is missing here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install ffmpeg, or convert the file to WAV or MP3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is larger than the limit of {limit}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut it shorter first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sample is too large to travel with a request ({limit}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trim it: 10 to 30 seconds of speech are enough.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no text to speak.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a line first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The voice is not described yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say in a sentence who speaks and how.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no sample to take the voice from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose or record one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The speaker&apos;s consent is not confirmed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick “The speaker has agreed” if that is so.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The voice has no name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service offers no model for this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another service in Settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} can&apos;t be read: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check that you may read it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} can&apos;t be written: {message}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: {path} was not written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space; what is on screen is still here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} can&apos;t be written to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start with --home and a folder that is yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This computer offers no keychain.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is kept for this run only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The computer&apos;s keychain did not keep the key: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is kept for this run only; unlock the keychain and save again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings file could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Defaults are used; the old file is kept as {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is kept as {path}; a backup can be restored in Settings, Data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database was written by a newer MiMo Workbench.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install that version, or start with another --home.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Footer</name>
    <message>
        <source>answered by {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first token {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} tok/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} cached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} reasoning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>≈ {cost}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>This call is no longer kept: only the latest are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{method} {url} · sent {sent}, received {received}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied; the key is read from MIMO_API_KEY.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every call to the service is listed here as it went over the wire.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python library</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speech</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>Open this address?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Markdown</name>
    <message>
        <source>Image: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>The strongest: thought, code and tools; it sees images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quick and inexpensive for everyday use; it sees images.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The strongest model at high speed, by contract only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The strongest of its generation; text only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes text, images, sound and film.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An earlier generation, no longer offered by the platform.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speaks and sings with built-in voices, heard while it works.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes a voice from a description.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speaks with the voice of a sample.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The earlier speech model, kept for reading old projects.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns recordings into text, in Chinese and English.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A speech model that this version does not know yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A recognition model that this version does not know yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A chat model that this version does not know yet.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>{n} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Parameters</name>
    <message>
        <source>fixed while thinking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default, {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop sequences ({n} of {most}, split by |)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How MiMo should behave. {date} and {week} are filled in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MiMo, English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MiMo, Chinese</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top P</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frequency penalty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presence penalty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop sequences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stream</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send earlier thinking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask before each tool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Coding</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tool use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Web</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mathematics</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Studio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Voices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token limit reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Called tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused by the content filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut for repeating itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Broke off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ended without a reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer reached the token limit: raise Max tokens, or ask MiMo to go on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform&apos;s content filter ended this answer: rephrase without sensitive content.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The platform cut the answer because it repeated itself: regenerate, or vary the prompt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>arriving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting for approval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>denied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Service {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Latency {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cost {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Requests {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} / {limit} per min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} per min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo service</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Date, time and weekday, here or anywhere.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact arithmetic and a few functions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lengths, weights, temperatures and more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Edited message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usage {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jump to latest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MiMo {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Developer {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tool {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier words {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The web search failed: {message}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thoughts text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thoughts {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thoughts text {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thought for {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tool call {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Always allow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deny</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer the call</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or answer the call yourself…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit and replay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Widgets</name>
    <message>
        <source>Working</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} slider</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>MiMo Workbench</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
