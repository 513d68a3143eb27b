#!/bin/sh
# Makes the secrets that compose.yaml mounts, in deploy/secrets/; those that are there stay as they are.
# The directory is closed to others; the files in it are readable, because the processes in the containers
# run as users of their own.
set -eu
directory=$(dirname "$0")/secrets
mkdir -p "$directory"
chmod 700 "$directory"

# written beside and renamed: a file that is there is whole
make() {
  [ -s "$directory/$1" ] && return 0
  cat >"$directory/$1.new"
  chmod 644 "$directory/$1.new"
  mv "$directory/$1.new" "$directory/$1"
  echo "made $directory/$1"
}

random() { head -c "$1" /dev/urandom | base64 | tr -d '\n'; }
# letters and digits only: passwords stand in addresses
word() { random 48 | tr -d '+/=' | cut -c1-40; }

for name in postgres-password keycloak-admin-password keycloak-database-password grafana-admin-password; do
  word | make "$name"
done
for role in migrator intake projector reader operator; do
  word | make "database-password-$role"
  printf 'postgresql://karnama_%s:%s@postgres:5432/karnama\n' "$role" "$(cat "$directory/database-password-$role")" |
    make "database-url-$role"
done
# 32 bytes; without it no quarantined original can ever be read again: keep a copy in a safe place
random 32 | make quarantine-key
# all versions, newest first; without it no later record of a person meets an earlier one: keep a copy in a safe place
printf '1:%s\n' "$(random 32)" | make pseudonym-key
