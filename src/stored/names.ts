/** Kinds of records that outlive the process that wrote them. Their words are in messages/. */
export const storedNames = [
  'configuration',
  'dataset',
  'pictureEdit',
  'runResult',
  'event',
  'steps',
  'accuracy',
  'failure',
  'chosenMembers',
  'testSeal',
  'curve',
  'paths',
  'process',
  'verification',
  'checkpoint',
  'stage',
  'members',
  'heldOut',
  'model',
  'bundle',
  'zooRecord',
  'zooManifest',
  'draft',
  'preferences',
] as const;

export type StoredName = (typeof storedNames)[number];
