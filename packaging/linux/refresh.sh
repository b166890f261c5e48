#!/bin/sh
# Has the desktop notice new or removed menu entries, icons and file types below the folder $1.
data=$1
refresh() {
    if command -v "$1" > /dev/null 2>&1; then
        "$@" > /dev/null 2>&1 || true
    fi
}
refresh update-mime-database "$data/mime"
refresh update-desktop-database "$data/applications"
refresh gtk-update-icon-cache -q -t "$data/icons/hicolor"
refresh kbuildsycoca6
refresh kbuildsycoca5
exit 0
