#!/bin/sh
# Make sure there is a Chromium for the browser tests: the one on PATH, else Playwright's own, else the system's package.
# $1: the playwright command
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
if "$1" install chromium >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
if command -v apt-get >/dev/null && $as_root apt-get update -qq && $as_root apt-get install -qq -y --no-install-recommends chromium >/dev/null; then
  exit 0
fi
echo "The browser tests need Chromium, and it could not be installed; on Debian: sudo apt install chromium" >&2
exit 1
