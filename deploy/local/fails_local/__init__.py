# SPDX-License-Identifier: Apache-2.0
"""The supervisor behind ./run: standard library only, one thread, one asyncio loop."""
