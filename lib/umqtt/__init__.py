"""MicroPython's MQTT clients, umqtt.simple and umqtt.robust, over mqtt.packet. New programs use mqtt."""
