"""Models of devices for the simulated board, register by register as their datasheets say."""

_WHERE = {
    "ADS1115": "ads1115", "BME280": "bme280", "Button": "button", "DS18B20": "ds18b20", "DS3231": "ds3231", "EEPROM24LC256": "eeprom", "Fan": "actuator",
    "GPS": "gps", "HCSR04": "hcsr04", "MCP23017": "mcp23017", "MPU6050": "mpu6050", "Pump": "actuator", "Relay": "actuator", "RotaryEncoder": "button",
    "SSD1306": "ssd1306", "Servo": "actuator", "W25Q": "w25q", "WS2812": "ws2812",
}
__all__ = list(_WHERE)


def __getattr__(name: str):
    if name not in _WHERE:
        raise AttributeError(f"there is no model {name!r}; there are {', '.join(_WHERE)}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(f"sim.devices.{_WHERE[name]}"), name)
    return value


def __dir__() -> list[str]:
    return __all__
