class Door:
    TABLE = {
        "closed": {"open": ("opening", "motor_up"), "lock": ("locked", "bolt_out")},
        "opening": {"top": ("open", "motor_off"), "block": ("stuck", "motor_off"), "tick": ("opening", None)},
        "open": {"close": ("closing", "motor_down"), "tick": ("open", "count")},
        "closing": {"bottom": ("closed", "motor_off"), "block": ("opening", "motor_up"), "tick": ("closing", None)},
        "locked": {"unlock": ("closed", "bolt_in")},
        "stuck": {"reset": ("closing", "motor_down")},
    }

    def __init__(self, name):
        self.name = name
        self.state = "closed"
        self.motor = 0
        self.ticks = 0
        self.history = {}
        self.listeners = []

    def on_change(self, listener):
        self.listeners.append(listener)
        return listener

    def send(self, event, **details):
        row = self.TABLE[self.state]
        if event not in row:
            return False
        state, action = row[event]
        if action:
            getattr(self, "do_" + action)()
        if state != self.state:
            key = (self.state, state)
            self.history[key] = self.history.get(key, 0) + 1
            old, self.state = self.state, state
            for listener in self.listeners:
                listener(self, old, state, details)
        return True

    def do_motor_up(self):
        self.motor = 1

    def do_motor_down(self):
        self.motor = -1

    def do_motor_off(self):
        self.motor = 0

    def do_bolt_out(self):
        self.motor = 0

    do_bolt_in = do_bolt_out

    def do_count(self):
        self.ticks += 1


EVENTS = "open tick top tick tick close tick block tick top close bottom lock open unlock open block reset bottom".split()
changes = {}
sources = set()
doors = [Door(f"door{i}") for i in range(10)]
for door in doors:

    @door.on_change
    def changed(door, old, new, details):
        changes.setdefault(new, []).append(details.get("source"))
        sources.add((door.name, details["source"]))


refused = 0
for round_ in range(5000):
    for number, event in enumerate(EVENTS):
        door = doors[(round_ * 7) % len(doors)]
        if not door.send(event, source=number % 4, at=round_):
            refused += 1
print(refused, len(sources), {k: len(v) for k, v in sorted(changes.items())})
print(doors[0].history == doors[7].history, sum(d.ticks for d in doors), doors[3].state)
