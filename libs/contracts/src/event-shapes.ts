import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KarnamaError } from '@karnama/kernel';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

/** The stored shapes of events, as `schemas/events` keeps them. */
export type EventShapes = {
  /** `<Event> v<version>` of each shape. */
  readonly names: readonly string[];
  /** What of a whole event is not of its stored shape; nothing when it is. */
  readonly faultsOf: (event: unknown) => readonly string[];
};

const faults = (validate: ValidateFunction, value: unknown): readonly string[] =>
  validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }: ErrorObject) => `${instancePath} ${message}`);

/**
 * Compiles the schemas of all events below `dir`, for tests and tools: events of this program are
 * made in their shape and need no check at run time.
 * @throws KarnamaError `broken-shapes`
 */
export const loadEventShapes = async (dir: string): Promise<EventShapes> => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const compiled = async (file: string): Promise<ValidateFunction> =>
    ajv.compile(JSON.parse(await readFile(join(dir, file), 'utf8')) as object);
  try {
    const envelope = await compiled('event.v1.json');
    const shapes = new Map<string, ValidateFunction>();
    for (const file of (await readdir(dir, { recursive: true })).sort()) {
      const match = /[/\\]([A-Za-z]+)\.v(\d+)\.json$/.exec(file);
      if (match !== null) shapes.set(`${match[1]} v${match[2]}`, await compiled(file));
    }
    return {
      names: [...shapes.keys()],
      faultsOf: (event) => {
        const wrong = faults(envelope, event);
        if (wrong.length > 0) return wrong;
        const { type, data, metadata } = event as {
          type: string;
          data: unknown;
          metadata: { schemaVersion: number };
        };
        const shape = shapes.get(`${type} v${metadata.schemaVersion}`);
        return shape === undefined
          ? [`there is no shape ${type} v${metadata.schemaVersion}`]
          : faults(shape, data);
      },
    };
  } catch (cause) {
    throw new KarnamaError(
      'broken-shapes',
      `the event shapes in ${dir} cannot be used`,
      'correct the schema files',
      { cause },
    );
  }
};
