# Builds the rig of tests/Crowd4Care.Load with the product, both as they are released, and becomes it. Sourced by ops/load and ops/faults.

run_rig() {
  local root rig
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
  rig=$root/tests/Crowd4Care.Load
  # A build leaves no servers of its own behind.
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  dotnet build "$rig" -c Release -v q --nologo >&2
  if [[ ! ${CROWD4CARE_PROGRAM:-} ]]; then
    export CROWD4CARE_PROGRAM=$rig/bin/program
    dotnet publish "$root/src/Crowd4Care.Server" -c Release -o "$CROWD4CARE_PROGRAM" -v q --nologo >&2
  fi
  exec dotnet "$rig/bin/Release/net10.0/Crowd4Care.Load.dll" "$@"
}
