import { followedDocument } from './followers.js';
import { sampleEvent, type Place } from './sample-events.js';
import { call } from './service.js';

/** Posts one made-up change, as the archive does. @param url the API's */
export async function postEvent(url: string, n: number, place: Place): Promise<void> {
  await call(url, 'POST', '/v1/events', sampleEvent(n, place), {
    contentType: 'application/cloudevents+json',
  });
}

/** Where the many follow. */
export const followedPlace: Place = {
  entity: 'followed-by-many',
  document: followedDocument,
  provision: 'CA-P-900001',
};
