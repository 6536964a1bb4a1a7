print('namespace module', __name__, __package__)
