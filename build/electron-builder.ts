import type { Configuration } from 'electron-builder';
import type { Stage } from './package-stage.ts';

export interface BuilderOptions {
  /** Where the results go. */
  readonly out: string;
  readonly stage: Stage;
  /** Folder with the drawn icons. */
  readonly icons: string;
  readonly electronVersion: string;
  /** Folder of an unpacked release of Electron, or of its stand-in. */
  readonly electronDist: string;
  readonly isStandIn: boolean;
}

/** The application's name on the desktop, and of its program file. */
const name = 'Anneal';
const bundleExtension = 'anneal';

/** How the staged application becomes an archive, a program folder and installers. None carries a signature of a person's. */
export function builderConfiguration(options: BuilderOptions): Configuration {
  const { out, stage, icons, electronVersion, electronDist, isStandIn } = options;
  return {
    appId: 'org.anneal.desktop',
    productName: name,
    copyright: 'The Anneal authors, Apache License 2.0',
    electronVersion,
    electronDist,
    directories: {
      app: stage.app,
      output: out,
      buildResources: icons,
    },
    files: ['**/*'],
    asar: true,
    // What is needed of node_modules is staged: native parts for a Node interface that Electron's Node keeps.
    beforeBuild: () => Promise.resolve(false),
    // The builder passes over a folder of this name at the top of what it copies.
    extraResources: ['', '/node_modules'].map((part) => ({
      from: `${stage.engine}${part}`,
      to: `engine${part}`,
      filter: ['**/*'],
    })),
    electronLanguages: ['en-US', 'ru'],
    artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
    fileAssociations: [
      {
        ext: bundleExtension,
        name: 'Anneal model',
        description: 'A trained ensemble of Anneal',
        mimeType: 'application/x-anneal',
        role: 'Viewer',
      },
    ],
    // Only the program of a real release has the switches.
    ...(isStandIn
      ? {}
      : {
          electronFuses: {
            // Lanes run as plain Node.
            runAsNode: true,
            enableNodeOptionsEnvironmentVariable: false,
            enableNodeCliInspectArguments: false,
            enableCookieEncryption: true,
            enableEmbeddedAsarIntegrityValidation: true,
            onlyLoadAppFromAsar: true,
            grantFileProtocolExtraPrivileges: false,
          },
        }),
    linux: {
      target: ['AppImage', 'deb'],
      icon: 'linux',
      category: 'Science',
      synopsis: 'Ensemble and transfer learning on a folder of pictures',
      executableName: 'anneal',
      syncDesktopName: true,
    },
    deb: { depends: ['libgtk-3-0', 'libnss3', 'libxss1', 'libasound2', 'libgbm1', 'libnotify4', 'xdg-utils'] },
    mac: {
      target: ['dmg'],
      icon: 'icon.icns',
      category: 'public.app-category.education',
      // Apple's processors run nothing unsigned: signed by nobody in particular, which asks the user once.
      identity: '-',
      hardenedRuntime: false,
      extendInfo: { NSCameraUsageDescription: 'Anneal classifies what the camera shows, on this computer only.' },
    },
    win: { target: ['nsis'], icon: 'icon.ico' },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowToChangeInstallationDirectory: true,
      deleteAppDataOnUninstall: false,
    },
    publish: null,
  };
}
