# warnings: filters, places, errors.
import warnings

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("one")
    warnings.warn("two", DeprecationWarning, stacklevel=2)
    warnings.filterwarnings("ignore", "thr")
    warnings.warn("three")
    warnings.warn(RuntimeWarning("four"))
print([(w.category.__name__, str(w.message)) for w in caught])
with warnings.catch_warnings():
    warnings.simplefilter("error", UserWarning)
    try:
        warnings.warn("five")
    except UserWarning as e:
        print("raised", e)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("default")
    for _ in range(3):
        warnings.warn("once a place")
print(len(caught), warnings.formatwarning("text", UserWarning, "file.py", 3), end="")
for wrong in (lambda: warnings.simplefilter("never"), lambda: warnings.warn("x", int)):
    try:
        wrong()
    except (ValueError, TypeError) as e:
        print(e)
