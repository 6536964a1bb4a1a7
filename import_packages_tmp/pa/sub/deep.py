from .. import value as v
name = __name__
package = __package__
from .. import m2 as up
