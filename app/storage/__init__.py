"""What the workbench keeps, below one folder. Everything raises StorageError and nothing else.

Settings and the home import nothing of weight and may be used before the first paint:

    home = open_home(find_home(argument))          # app.storage.home
    lock = HomeLock(home.lock); lock.acquire()     # HOME_IN_USE when another program has it
    clear_leftovers(home)                          # what a kill left half done; only with the lock held
    file = SettingsFile(home.settings)             # app.storage.settings
    settings = file.load(); file.problem           # never raises
    settings.get(TEXT_SIZE); settings.set(TEXT_SIZE, 120); stop = settings.watch(THEME, repaint)

Keys (app.storage.secrets; the keyring is imported at the first call):

    store = SecretStore(redactor, KeyringSecrets(), FileSecrets(home.secrets), EnvironmentSecrets(serves))
    await store.find(profile_id)                   # Secret(value, place) or None
    await store.save(profile_id, key, in_file=False); await store.remove(profile_id); await store.check()

The database, after the first paint:

    database, recovery = await open_or_recover(home, redactor)     # app.storage.corruption_recovery; recovery None if sound
    database.unclean, database.cut_messages, database.cut_takes    # what a kill left, already marked as cut
    database.left_out.on_more.append(tell); len(database.left_out) # rows that can't be decoded, not shown or not wholly
    await database.check(); await database.close()
    conversations: listed(limit, skip) get(id) keep(conversation) show(id, leaf) count()
                   messages(id) keep_messages(id, messages) forget_messages(ids) delete(id) restore(id)
                   stream(id, failed).changed(snapshot) .event(step, event, at) .end(message)   events(message_id)
    takes:         keep(take) get(id) of_session(session) delete(ids) restore(ids)
    voices, samples, directions, tools, sessions: keep(thing) get(id) listed() delete(id) restore(id)
    calls:         keep(call) get(id) latest(limit, skip) trim(kept)
    search:        messages(query, limit, conversation_id) titles(query) takes(query)
    blobs:         put(bytes) read(digest) path(digest) writer(take_id)      # waits for the disk: in a thread
    purge(older_than) sweep() back_up(count, limit) back_up_if_due(days) backups() last_good_backup() restore(backup)

One file: `app.storage.archive.export_all`, `import_all`, which tell how far they are and can be cancelled; one
conversation: `app.storage.documents.to_json`, `to_markdown`, `read_document`.
"""
