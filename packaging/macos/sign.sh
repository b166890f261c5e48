#!/bin/sh
# Signs camviewer.app and has Apple check it, so that a double click needs no detour:
#
#   packaging/macos/sign.sh dist/camviewer-.../camviewer.app "Developer ID Application: NAME (TEAM)" PROFILE
#
# PROFILE is what `xcrun notarytool store-credentials` was given. Run it on a Mac with Xcode's tools.
set -eu

if [ $# -ne 3 ]; then
    sed -n '2,6s/^# \{0,1\}//p' "$0"
    exit 2
fi
bundle=$1 identity=$2 profile=$3
entitlements=$(dirname -- "$0")/entitlements.plist

# From the inside out: what is within a bundle must be signed before the bundle.
find "$bundle/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
    xargs -0 codesign --force --timestamp --options runtime --sign "$identity"
codesign --force --timestamp --options runtime --entitlements "$entitlements" \
    --sign "$identity" "$bundle"
codesign --verify --deep --strict "$bundle"

archive=${bundle%.app}-to-notarize.zip
ditto -c -k --keepParent "$bundle" "$archive"
xcrun notarytool submit "$archive" --keychain-profile "$profile" --wait
xcrun stapler staple "$bundle"
rm -f -- "$archive"
spctl --assess --type execute --verbose "$bundle"
