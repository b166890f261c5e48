; Installer for Windows, by Inno Setup 6:
;   iscc /DVersion=0.1.0 /DFolder=..\..\dist\camviewer-0.1.0-windows-amd64 camviewer.iss
; It installs for one user without administrator's rights, or for all when started with them.

#ifndef Version
  #error Give the version: /DVersion=0.1.0
#endif
#ifndef Folder
  #error Give the program's folder: /DFolder=...
#endif

[Setup]
AppId={{6D2F5C0E-3B1C-4E0B-9C57-0C4C1D5E7A41}
AppName=camviewer
AppVersion={#Version}
AppVerName=camviewer {#Version}
AppPublisher=The camviewer developers
DefaultDirName={autopf}\camviewer
DefaultGroupName=camviewer
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
LicenseFile={#Folder}\LICENSE
SetupIconFile=camviewer.ico
UninstallDisplayIcon={app}\camviewer.exe
OutputDir=..\..\dist
OutputBaseFilename=camviewer-{#Version}-windows-setup
Compression=lzma2/normal
LZMANumBlockThreads=2
SolidCompression=yes
WizardStyle=modern
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
MinVersion=10.0

[Tasks]
Name: desktopicon; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: openwith; Description: "Offer camviewer in ""Open with"" for pictures"
Name: packs; Description: "Open .camviewer models with camviewer"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\camviewer"; Filename: "{app}\camviewer.exe"
Name: "{group}\Uninstall camviewer"; Filename: "{uninstallexe}"
Name: "{autodesktop}\camviewer"; Filename: "{app}\camviewer.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\Applications\camviewer.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "camviewer"; Flags: uninsdeletekey; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\camviewer.exe\DefaultIcon"; ValueType: string; ValueData: "{app}\camviewer.exe,0"; Tasks: openwith
Root: HKA; Subkey: "Software\Classes\Applications\camviewer.exe\shell\open\command"; ValueType: string; ValueData: """{app}\camviewer.exe"" ""%1"""; Tasks: openwith
#define Picture(str Suffix) 'Root: HKA; Subkey: "Software\Classes\Applications\camviewer.exe\SupportedTypes"; ValueType: string; ValueName: "' + Suffix + '"; ValueData: ""; Tasks: openwith'
#emit Picture(".png")
#emit Picture(".jpg")
#emit Picture(".jpeg")
#emit Picture(".webp")
#emit Picture(".bmp")
#emit Picture(".gif")
#emit Picture(".tif")
#emit Picture(".tiff")
#emit Picture(".ppm")
#emit Picture(".heic")
#emit Picture(".avif")
Root: HKA; Subkey: "Software\Classes\.camviewer\OpenWithProgids"; ValueType: string; ValueName: "camviewer.model"; ValueData: ""; Flags: uninsdeletevalue; Tasks: packs
Root: HKA; Subkey: "Software\Classes\.camviewer"; ValueType: string; ValueData: "camviewer.model"; Flags: uninsdeletevalue; Tasks: packs
Root: HKA; Subkey: "Software\Classes\camviewer.model"; ValueType: string; ValueData: "camviewer model"; Flags: uninsdeletekey; Tasks: packs
Root: HKA; Subkey: "Software\Classes\camviewer.model\DefaultIcon"; ValueType: string; ValueData: "{app}\camviewer.exe,0"; Tasks: packs
Root: HKA; Subkey: "Software\Classes\camviewer.model\shell\open\command"; ValueType: string; ValueData: """{app}\camviewer.exe"" ""%1"""; Tasks: packs

[Run]
Filename: "{app}\camviewer.exe"; Description: "{cm:LaunchProgram,camviewer}"; Flags: nowait postinstall skipifsilent
