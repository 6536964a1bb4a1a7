print('init pa')
value = 'pa value'
__all__ = ['m1', 'value']
