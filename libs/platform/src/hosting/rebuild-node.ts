/**
 * How Node runs the program of a rebuild. Its objects live for a batch: a large nursery spares copying them, and an old
 * space that may grow by half only, not fourfold, is emptied of the batches before instead of asking for more memory.
 */
export const REBUILD_NODE = ['--max-semi-space-size=32', '--heap-growing-percent=50'];
