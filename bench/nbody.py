def bodies():
    pi = 3.141592653589793
    mass = 4 * pi * pi
    days = 365.24
    return [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, mass],
        [4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
         0.00166007664274403694 * days, 0.00769901118419740425 * days, -0.0000690460016972063023 * days, 0.000954791938424326609 * mass],
        [8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
         -0.00276742510726411 * days, 0.00499852801234917238 * days, 0.0000230417297573763929 * days, 0.000285885980666130812 * mass],
        [12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
         0.00296460137564761618 * days, 0.00237847173959480950 * days, -0.0000296589568540237556 * days, 0.0000436624404335156298 * mass],
    ]


def advance(system, pairs, dt, n):
    for _ in range(n):
        for a, b in pairs:
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            mag = dt * (dx * dx + dy * dy + dz * dz) ** -1.5
            bm = b[6] * mag
            am = a[6] * mag
            a[3] -= dx * bm
            a[4] -= dy * bm
            a[5] -= dz * bm
            b[3] += dx * am
            b[4] += dy * am
            b[5] += dz * am
        for p in system:
            p[0] += dt * p[3]
            p[1] += dt * p[4]
            p[2] += dt * p[5]


def energy(system, pairs):
    e = 0.0
    for a, b in pairs:
        d = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2) ** 0.5
        e -= a[6] * b[6] / d
    for p in system:
        e += 0.5 * p[6] * (p[3] ** 2 + p[4] ** 2 + p[5] ** 2)
    return e


system = bodies()
pairs = [(a, b) for i, a in enumerate(system) for b in system[i + 1 :]]
advance(system, pairs, 0.01, 60_000)
print(f"{energy(system, pairs):.9f}")
