# gpiozero's components on the simulated board.
import time

import gpiozero
import sim
from gpiozero import (LED, PWMLED, RGBLED, AngularServo, Button, Buzzer, DistanceSensor, GPIOZeroError, LEDBarGraph, LEDBoard, Motor, MotionSensor,
                      PhaseEnableMotor, PinInvalidState, Robot, Servo, TrafficLights)
from gpiozero.tools import booleanized, inverted, negated, scaled, sin_values, smoothed

board = sim.board()


def levels(pin):
    return [(round((ns - start) / 1e6), level) for ns, level in board.trace.levels(pin)]


def begin():
    global start
    board.trace.clear()
    board.trace.start()
    start = sim.now_ns()


led = LED(17)
print(led, led.value, led.is_lit)
led.on()
led.toggle()
led.toggle()
print(led.value, led.is_lit, led.pin)
begin()
led.blink(0.1, 0.2, n=2)
time.sleep(1)
print(levels(17)[1:])
begin()
led.blink(0.1, 0.1, n=2, background=False)
print(levels(17)[1:], round((sim.now_ns() - start) / 1e9, 1))
led.blink(0.05, 0.05)
time.sleep(0.2)
led.off()
time.sleep(1)
print(led.value)
try:
    LED(17)
except gpiozero.GPIOPinInUse as error:
    print(error)
with led:
    pass
print(led, led.closed, led.pin)
try:
    led.on()
except gpiozero.GPIODeviceClosed as error:
    print(error)
for wrong in (lambda: LED(99), lambda: LED(), lambda: PWMLED(5, initial_value=2), lambda: Servo(5, min_pulse_width=0.003)):
    try:
        print(wrong())
    except (gpiozero.GPIOZeroError, ValueError) as error:
        print(type(error).__name__, error)

low = LED("GPIO18", active_high=False, initial_value=True)
print(low.value, board.level(18))
buzzer = Buzzer(19)
buzzer.beep(0.01, 0.01, n=1, background=False)
print(buzzer.is_active)

dim = PWMLED(12)
dim.value = 0.25
print(dim.value, [round(v, 3) for v in board.pwm[12]])
dim.pulse(0.2, 0.2, n=1)
seen = []
board.listen_pwm(12, lambda hz, duty: seen.append(round(duty, 2)))
time.sleep(1)
print(seen, dim.value)
rgb = RGBLED(2, 3, 4)
rgb.color = (1, 0.5, 0)
print(rgb.value, rgb.red, rgb.is_lit)
rgb.blue = 0.25
rgb.toggle()
print(rgb.color)
rgb.blink(0.1, 0.1, on_color=(1, 0, 0), n=1, background=False)
print(rgb.value)

motor = Motor(5, 6)
motor.forward(0.5)
print(motor.value, motor.is_active)
motor.reverse()
print(motor.value)
motor.stop()
print(motor.value, motor.is_active)
phase = PhaseEnableMotor(7, 8)
phase.backward(0.75)
print(phase.value, board.level(7))
servo = Servo(13)
print(servo.value, [round(v, 4) for v in board.pwm[13]])
servo.max()
print(round(servo.pulse_width * 1000, 2), [round(v, 3) for v in board.pwm[13]])
servo.detach()
print(servo.value, board.pwm[13][1])
angular = AngularServo(14, min_angle=0, max_angle=180, initial_angle=45)
print(angular.angle, round(angular.value, 2))
lights = TrafficLights(20, 21, 22)
lights.green.on()
print(lights.value, [led.value for led in lights])
row = LEDBoard(23, 24)
row.value = (1, 0)
row.toggle()
print(row.value)

model = sim.devices.Button(27, bounce=0.003)
board.attach(model)
button = Button(27, bounce_time=0.01, hold_time=0.5)
events = []
button.when_pressed = lambda: events.append("pressed")
button.when_released = lambda b: events.append(("released", b is button))
button.when_held = lambda: events.append("held")
print(button, button.is_pressed)
model.tap(0.2)
time.sleep(1)
model.press()
time.sleep(0.7)
print(button.is_held, round(button.held_time, 2), round(button.active_time, 2))
model.release()
time.sleep(0.1)
print(events, button.is_pressed)
print(button.wait_for_press(0.5))
board.after(1, model.press)
print(button.wait_for_press(), button.is_pressed)
for wrong in (5, lambda a, b: None):
    try:
        button.when_pressed = wrong
    except gpiozero.BadEventHandler as error:
        print(error)
follower = LED(25)
follower.source = button
time.sleep(0.1)
print(follower.value)
model.release()
time.sleep(0.1)
print(follower.value)
follower.source = negated(button)
time.sleep(0.1)
print(follower.value)
follower.source = None

motion = MotionSensor(26)
motion.when_motion = lambda: print("motion", round(board.seconds() - at, 1))
motion.when_no_motion = lambda: print("none", round(board.seconds() - at, 1))
at = board.seconds()
board.after(1.05, board.drive, 26, 1)
board.after(2.05, board.drive, 26, 0)
print(motion.wait_for_motion(5), motion.motion_detected)
print(motion.wait_for_no_motion(5))

board.attach(sim.devices.HCSR04(trigger=9, echo=10))
board.environment["distance"] = 0.8
distance = DistanceSensor(echo=10, trigger=9, max_distance=2)
print(round(distance.distance, 2), round(distance.value, 2))
distance.when_in_range = lambda: print("in range")
board.environment["distance"] = 0.2
time.sleep(2)
print(round(distance.distance, 2), distance.is_active)
distance.close()

from itertools import islice

print(list(islice(scaled((0, 0.5, 1), -1, 1), 3)), list(inverted((0, 0.25))), list(booleanized((1, 5, 9, 5), 4, 6)))
print([round(v, 3) for v in islice(sin_values(4), 5)], list(smoothed((1, 2, 3, 4), 2)))

print("boards")
lights = LEDBoard(LEDBoard(46, 47), red=48, green=49)
lights.red.on()
print(lights, lights.value, lights.is_lit, len(lights.leds), lights.green is lights[1])
lights.close()
for pins in ((46, 46), (46, 99)):
    try:
        LEDBoard(*pins)
    except GPIOZeroError as error:
        print(type(error).__name__)
bar = LEDBarGraph(46, 47, 48, 49)
bar.value = -0.5
print(bar.value, bar.lit_count, [light.value for light in bar])
bar.lit_count = 3
print(bar, bar.value)
bar.close()
robot = Robot((46, 47), (48, 49))
robot.forward(0.5, curve_left=0.5)
print(robot, robot.value)
robot.left()
print(robot.value)
try:
    robot.spede = 3
except AttributeError as error:
    print(error)
for named in ({"pull_up": None}, {"pull_up": True, "active_state": True}):
    try:
        Button(45, **named)
    except PinInvalidState as error:
        print(error)
lamp = LED(45)
lamp.source = [0, 1]
time.sleep(0.1)
print(lamp.value, lamp.source)
