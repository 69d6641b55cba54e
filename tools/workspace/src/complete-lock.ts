// After an `npm install` that brought packages with native parts:
// node --import ./tools/source.js tools/workspace/src/complete-lock.ts
import { completed, missingIn, readLockFile, writeLockFile } from './lock-file.js';

const lock = readLockFile('package-lock.json');
writeLockFile('package-lock.json', completed(lock));
console.log(`${missingIn(lock).length} packages of other platforms added to package-lock.json`);
