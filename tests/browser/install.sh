# The browser for tests/browser, from Debian's packages: installed when it is missing and we may, else named in one line.
set -eu
packages="chromium chromium-driver fonts-noto-core"
if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then
    exit 0
fi
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages >/dev/null && exit 0
elif command -v apt-get >/dev/null && command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    sudo -n apt-get update -qq && sudo -n apt-get install -y -qq --no-install-recommends $packages >/dev/null && exit 0
fi
echo "the browser tests need Chromium: apt-get install $packages" >&2
