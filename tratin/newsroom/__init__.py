"""The bundled newsroom: three invented newspapers, served over real HTTP on loopback for the demo and the tests."""
