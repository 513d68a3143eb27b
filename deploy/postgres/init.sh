#!/bin/sh
# Run by the PostgreSQL image once, when its volume is empty: the roles with their passwords, and the database
# of Keycloak. Passwords are read inside psql, so that no process list shows them.
set -eu

psql() { command psql --no-psqlrc --quiet -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" "$@"; }

psql --dbname "$POSTGRES_DB" --file /karnama/roles.sql
for role in migrator intake projector reader operator; do
  psql --dbname "$POSTGRES_DB" <<SQL
\\set password \`cat /run/secrets/database-password-$role\`
ALTER ROLE karnama_$role PASSWORD :'password';
SQL
done

psql --dbname postgres <<'SQL'
\set password `cat /run/secrets/keycloak-database-password`
CREATE ROLE keycloak LOGIN PASSWORD :'password';
CREATE DATABASE keycloak OWNER keycloak;
REVOKE ALL ON DATABASE keycloak FROM PUBLIC;
SQL
