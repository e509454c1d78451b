/** Of a delivery that is put off by quiet hours: why it waits, and what it is found by when those change. */
export const heldReason = 'quiet hours: it goes out when they end';
