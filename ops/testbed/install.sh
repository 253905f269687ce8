# What the servers and the tests need, installed when it is missing: system packages by apt; the AT Protocol servers and the
# Node that they run on by npm, into a cache folder outside the checkout.

cache=${XDG_CACHE_HOME:-$HOME/.cache}/crowd4care-tests
packages=$cache/$(sha256sum "$root/tests/atproto/package-lock.json" | cut -c 1-16)
checker=$cache/$(sha256sum "$root/tests/accessibility/package-lock.json" | cut -c 1-16)

install_everything() { one_at_a_time install_for_tests; }

install_servers() { one_at_a_time install_packages missing_servers; }

# Also when several checkouts are tested on one machine.
one_at_a_time() {
  mkdir -p "$cache"
  (
    flock 9
    "$@"
  ) 9>"$cache/lock"
}

install_for_tests() {
  install_packages missing_system_packages
  install_node_packages
  install_checker
  if ! browser_program >/dev/null; then install_browser; fi
}

# install_packages MISSING: those that the function MISSING names.
install_packages() {
  local missing
  missing=$("$1")
  if [[ -z $missing ]]; then return; fi
  say "installing" $missing
  if ! command -v apt-get >/dev/null; then die "this is not Debian or Ubuntu; install them by hand"; fi
  logged apt setsid --wait "$here/apt-install" $missing
}

missing_system_packages() {
  if ! browser_program >/dev/null; then echo chromium; fi
  if [[ ! -d /usr/share/fonts/truetype/liberation ]]; then echo fonts-liberation; fi
  missing_servers
  if [[ -f $packages/complete && -f $checker/complete ]] && browser_program >/dev/null; then return; fi
  local program
  for program in npm g++ make python3; do
    if ! command -v "$program" >/dev/null; then echo "$program"; fi
  done
}

missing_servers() {
  if ! postgres_programs >/dev/null; then echo postgresql; fi
  if ! command -v redis-server >/dev/null; then echo redis-server; fi
  if [[ ! -x $rabbitmq_program ]]; then echo rabbitmq-server; fi
}

install_node_packages() {
  if [[ -f $packages/complete ]]; then return; fi
  say "installing the AT Protocol servers; this takes some minutes, once"
  rm -rf "$packages"
  mkdir "$packages"
  cp "$root/tests/atproto/package.json" "$root/tests/atproto/package-lock.json" "$packages/"
  logged npm npm_install
  touch "$packages/complete"
}

# No package's install script runs. The one native module is compiled here, against the headers that come with our Node and by
# the node-gyp of the lock file: Debian's links what it builds to Debian's Node.
npm_install() (
  cd "$packages" &&
    npm ci --ignore-scripts --no-audit --no-fund &&
    node=$(node_program) &&
    PATH=${node%/*}:$PATH node node_modules/node-gyp/bin/node-gyp.js rebuild --release --nodedir="${node%/bin/node}" \
      --directory=node_modules/better-sqlite3 &&
    "$node" -e 'new (require("better-sqlite3"))(":memory:")'
)

# What checks the pages for accessibility: one script, run inside the browser.
install_checker() {
  if [[ -f $checker/complete ]]; then return; fi
  say "installing the accessibility checker"
  rm -rf "$checker"
  mkdir "$checker"
  cp "$root/tests/accessibility/package.json" "$root/tests/accessibility/package-lock.json" "$checker/"
  logged checker npm_install_checker
  touch "$checker/complete"
}

npm_install_checker() (cd "$checker" && npm ci --ignore-scripts --no-audit --no-fund)

checker_script() { echo "$checker/node_modules/axe-core/axe.min.js"; }

node_program() { ls "$packages"/node_modules/node-linux-*/bin/node; }

# For Ubuntu, where apt has none.
install_browser() {
  say "installing a browser"
  logged browser env PLAYWRIGHT_BROWSERS_PATH="$cache/browser" \
    npm exec --yes -- playwright-core@1.64.1 install --with-deps --no-shell chromium
}

browser_program() {
  local name program
  for name in "${CROWD4CARE_TEST_CHROMIUM:-chromium}" google-chrome; do
    program=$(command -v "$name") || continue
    if [[ $(readlink -f "$program") != *snap* ]]; then
      echo "$program"
      return
    fi
  done
  find "$cache/browser" -name chrome -type f -executable -print -quit 2>/dev/null | grep .
}

# logged NAME COMMAND…: keeps the output back unless the command fails.
logged() {
  local name=$1
  shift
  if ! ("$@") >"$bed/$name.log" 2>&1; then
    tail -n 40 "$bed/$name.log" >&2
    die "$name failed"
  fi
}
