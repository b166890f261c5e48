#!/bin/sh
# Installs camviewer for the user who runs this; root is not needed.
#
#   ./install.sh            copies the program to ~/.local/opt/camviewer
#   ./install.sh FOLDER     copies it to FOLDER
#   ./install.sh --here     leaves it where it was unpacked
#
# Adds the menu entry, icons, "Open with camviewer" for pictures and .camviewer models, and the
# command `camviewer` in ~/.local/bin. ./uninstall.sh takes all of that back.
set -eu

source_folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
data=${XDG_DATA_HOME:-"$HOME/.local/share"}
commands=$HOME/.local/bin
case "${1:-}" in
    --here) program=$source_folder ;;
    -*) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2 ;;
    "") program=$HOME/.local/opt/camviewer ;;
    *) program=$1 ;;
esac

if [ "$program" != "$source_folder" ]; then
    if [ -e "$program" ] && [ ! -x "$program/camviewer" ]; then
        echo "$program is there already, and it is not camviewer: nothing was changed." >&2
        exit 1
    fi
    mkdir -p -- "$(dirname -- "$program")"
    beside=$program.new
    rm -rf -- "$beside"
    echo "Copying to $program"
    cp -a --reflink=auto -- "$source_folder" "$beside"
    rm -rf -- "$program"
    mv -- "$beside" "$program"
    program=$(CDPATH='' cd -- "$program" && pwd -P)
fi

# By the desktop entry's rules: within quotes, \ " ` and $ are escaped, and again as a string.
quoted=$(printf '%s' "$program/camviewer" | sed -e 's/\\/\\\\\\\\/g' \
    -e 's/["`$]/\\\\&/g' -e 's/%/%%/g')
for_sed=$(printf '"%s"' "$quoted" | sed -e 's/[\\&|]/\\&/g')
plain=$(printf '%s' "$program/camviewer" | sed -e 's/\\/\\\\/g' | sed -e 's/[\\&|]/\\&/g')
mkdir -p -- "$data/applications" "$data/mime/packages" "$commands"
sed -e "s|@EXEC@|$for_sed|" -e "s|@TRYEXEC@|$plain|" "$program/share/camviewer.desktop" \
    > "$data/applications/camviewer.desktop"
cp -- "$program/share/camviewer-mime.xml" "$data/mime/packages/camviewer.xml"
for icon in "$program"/share/icons/camviewer-*.png; do
    size=${icon##*-}
    size=${size%.png}
    mkdir -p -- "$data/icons/hicolor/${size}x${size}/apps"
    cp -- "$icon" "$data/icons/hicolor/${size}x${size}/apps/camviewer.png"
done
mkdir -p -- "$data/icons/hicolor/scalable/apps"
cp -- "$program/share/icons/camviewer.svg" "$data/icons/hicolor/scalable/apps/camviewer.svg"
ln -sf -- "$program/camviewer" "$commands/camviewer"
sh "$program/share/refresh.sh" "$data"

echo "camviewer is in your menu, and opens pictures by \"Open with\"."
case ":$PATH:" in
    *":$commands:"*) ;;
    *) echo "For the command \`camviewer\`, add $commands to your PATH." ;;
esac
