# options: --steps 100000
# LimitExceeded goes through except Exception, and finally blocks get their turn.
print("start", flush=True)
try:
    try:
        while True:
            pass
    except Exception:
        print("wrong")
finally:
    print("finally", sum(range(100)))
