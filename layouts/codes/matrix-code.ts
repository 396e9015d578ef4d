/** A square matrix code without its quiet zone. */
export interface MatrixCode {
  readonly size: number;
  /** Row by row, 1 is black. */
  readonly modules: Uint8Array;
}
