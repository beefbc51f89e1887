#!/bin/sh
# On a node that comes back after a primary was forced elsewhere, before it starts: it gives up its own history and takes the
# new one whole, by state transfer. Never on the node where the primary was forced.
#   sh rejoin.sh jiyun-e1 [/var/lib/mysql]
set -eu
name=${1:?usage: rejoin.sh NAME-OF-THE-NEW-HISTORY [DATA-FOLDER]}
data=${2:-/var/lib/mysql}
settings=${JIYUN_NODE_SETTINGS:-/etc/mysql/mariadb.conf.d/90-jiyun.cnf}

if [ -e "$data/$(hostname).pid" ] || pgrep -x mariadbd >/dev/null 2>&1; then
  echo "mariadbd runs here: stop it first (systemctl stop mariadb). Nothing was changed." >&2
  exit 1
fi
if ! grep -Eq "^[[:space:]]*wsrep[-_]cluster[-_]name[[:space:]]*=[[:space:]]*$name[[:space:]]*$" "$settings"; then
  echo "$settings does not name $name: write wsrep-cluster-name = $name into it first. Nothing was changed." >&2
  exit 1
fi
# What the node had acknowledged and the forced one never got is in there: kept for whoever wants to look.
kept="$data.before-$name"
if [ -e "$kept" ]; then
  echo "$kept is there already. Nothing was changed." >&2
  exit 1
fi
cp -a "$data" "$kept"
# Without these the node has no place in any history, and asks for all of it.
rm -f "$data/grastate.dat" "$data/gvwstate.dat" "$data/galera.cache"
echo "The old data is kept in $kept. Now: systemctl start mariadb; then look at /console-data until it is a member."
