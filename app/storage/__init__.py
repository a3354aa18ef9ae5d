"""What the workbench keeps, below one folder.

Settings and the home import nothing of weight and may be used before the first paint:

    home = open_home(find_home(argument))          # app.storage.home; raises StorageError
    lock = HomeLock(home.lock); lock.acquire()     # raises StorageError HOME_IN_USE
    file = SettingsFile(home.settings)             # app.storage.settings
    settings = file.load(); file.problem           # never raises
    settings.get(TEXT_SIZE); settings.set(TEXT_SIZE, 120); stop = settings.watch(THEME, repaint)

Keys (app.storage.secrets; the keyring is imported at the first call):

    store = SecretStore(redactor, KeyringSecrets(), FileSecrets(home.secrets), EnvironmentSecrets(serves))
    await store.find(profile_id)                   # Secret(value, place) or None
    await store.save(profile_id, key, in_file=False); await store.remove(profile_id); await store.check()
"""
