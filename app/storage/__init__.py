"""Storage of the workbench, below one folder. Everything raises StorageError and nothing else.

Settings and the home import nothing heavy and may be used before the first paint:

    home = open_home(find_home(argument))          # app.storage.home
    lock = HomeLock(home.lock); lock.acquire()     # HOME_IN_USE if another program holds it
    clear_leftovers(home)                          # unfinished files of a killed program; only with the lock held
    file = SettingsFile(home.settings)             # app.storage.settings
    settings = file.load(); file.problem           # never raises
    settings.get(TEXT_SIZE); settings.set(TEXT_SIZE, 120); stop = settings.watch(THEME, repaint)

Keys (app.storage.secrets; the keyring is imported at the first call):

    store = SecretStore(redactor, KeyringSecrets(), FileSecrets(home.secrets), EnvironmentSecrets(serves))
    await store.find(profile_id)                   # Secret(value, location) or None
    await store.save(profile_id, key, in_file=False); await store.remove(profile_id); await store.check()

The database, after the first paint:

    database, recovery = await open_or_recover(home, redactor)     # app.storage.corruption_recovery
    database.unclean, database.cut_messages, database.cut_takes    # interrupted by a kill, already marked as cut
    database.left_out.on_more.subscribe(report); len(database.left_out)    # rows that can't be decoded, or only partly
    await database.check(); await database.close()
    conversations: listed(limit, skip) get(id) keep(conversation) show(id, leaf) count()
                   messages(id) keep_messages(id, messages) forget_messages(ids) delete(id) restore(id)
                   stream(id, failed).changed(snapshot) .event(step, event, at) .end(message)   events(message_id)
    takes:         keep(take) get(id) of_session(session) delete(ids) restore(ids)
    voices, samples, directions, tools, tool_servers, sessions, comparisons, auditions, transcripts, desks, beside_runs:
                   keep(record) get(id) listed() delete(id) restore(id)
    calls:         keep(call) get(id) of(owner) latest(limit, skip) trim(kept)
    search:        messages(query, limit, conversation_id) titles(query) takes(query)
    blobs:         put(bytes) read(digest) path(digest) writer(take_id)      # blocking: call it in a thread
    purge(older_than) sweep() back_up(count, limit) back_up_if_due(days) backups() last_good_backup() restore(backup)

Everything as one file: `app.storage.archive.export_all`, `import_all`, which report progress and can be cancelled. One
conversation: `app.storage.documents.to_json`, `to_markdown`, `read_document`.
"""
