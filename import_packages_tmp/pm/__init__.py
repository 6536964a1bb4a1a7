def __getattr__(name):
    if name == 'virtual': return 'made by __getattr__'
    raise AttributeError(name)
