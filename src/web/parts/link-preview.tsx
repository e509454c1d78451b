import { previewImage } from '../frame/images.js';
import type { Visit } from '../frame/visit.js';

type Preview = {
  visit: Visit;
  title: string;
  description: string;
  /** Of the page, without the base: one address for it, whatever it was asked for with. */
  path: `/${string}`;
  type?: 'website' | 'article';
};

/** What networks and chats show of a link to a public page, and its one address: for the head (Open Graph, Twitter cards). */
export function LinkPreview({ visit: { site }, title, description, path, type = 'article' }: Preview) {
  const root = site.origin + site.base;
  return (
    <>
      <link rel="canonical" href={root + path} />
      <meta property="og:site_name" content="Tocsin" />
      <meta property="og:type" content={type} />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={root + path} />
      <meta property="og:image" content={root + previewImage.path} />
      <meta property="og:image:width" content="1200" />
      <meta property="og:image:height" content="630" />
      <meta
        property="og:image:alt"
        content="Tocsin, with a bell: The fine print changed. Now you know. Below, a sentence with words struck out and words put in."
      />
      <meta name="twitter:card" content="summary_large_image" />
      <meta name="twitter:title" content={title} />
      <meta name="twitter:description" content={description} />
    </>
  );
}
