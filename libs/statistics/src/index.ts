export * from './catalogue.js';
export * from './dataflows/intake.js';
export * from './dataflows/movements.js';
export * from './request.js';
export * from './service.js';
export * from './stock.js';
