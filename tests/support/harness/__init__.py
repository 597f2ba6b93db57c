# SPDX-License-Identifier: Apache-2.0
"""What the Python tests and the benchmark stand on: daemons to talk to, guests to run, a client of raw frames."""
