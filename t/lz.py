print('running lz')
y=5
z=__name__
