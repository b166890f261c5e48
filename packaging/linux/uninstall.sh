#!/bin/sh
# Takes back what install.sh did.
#
#   ./uninstall.sh           keeps your models and settings
#   ./uninstall.sh --all     removes these, too
set -eu

program=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
data=${XDG_DATA_HOME:-"$HOME/.local/share"}
case "${1:-}" in
    "" | --all) ;;
    *) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac

rm -f -- "$data/applications/camviewer.desktop" "$data/mime/packages/camviewer.xml" \
    "$data"/icons/hicolor/*/apps/camviewer.png "$data/icons/hicolor/scalable/apps/camviewer.svg"
if [ -L "$HOME/.local/bin/camviewer" ]; then
    rm -f -- "$HOME/.local/bin/camviewer"
fi
sh "$program/share/refresh.sh" "$data"
find "$data/icons/hicolor" -depth -type d -exec rmdir {} + 2> /dev/null || true
if [ "${1:-}" = --all ]; then
    rm -rf -- "$data/camviewer" "${XDG_CONFIG_HOME:-"$HOME/.config"}/camviewer" \
        "${XDG_CACHE_HOME:-"$HOME/.cache"}/camviewer" "${XDG_STATE_HOME:-"$HOME/.local/state"}/camviewer"
fi
# Only a copy that install.sh made goes: what you unpacked yourself is yours.
if [ "$program" = "$(CDPATH='' cd -- "$HOME" && pwd -P)/.local/opt/camviewer" ]; then
    rm -rf -- "$program"
else
    echo "The program's folder is left: $program"
fi
echo "camviewer is no longer installed."
