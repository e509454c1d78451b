const mebibyte = 1_048_576;

/** `fileBytes`: of a file of watchlists. `requestBytes`: of what carries one, be it as JSON once more. */
export const importLimits = { fileBytes: mebibyte, requestBytes: 4 * mebibyte } as const;
