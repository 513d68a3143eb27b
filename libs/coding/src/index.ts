export * from './coder.js';
export { accuracyOf, crossValidate, type Judged } from './evaluate.js';
export { codingSchemes, type CodingScheme, type Example } from './example.js';
export { findCodingIndex, indexFileOf, readCodingIndex, type CodingIndex } from './coding-index.js';
export { openCoder, type OpenedCoder } from './model-store.js';
export { normaliseTitle, titleKey } from './normalise.js';
export { titlesIn } from './titles-file.js';
