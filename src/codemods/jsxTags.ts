import type * as Morph from "ts-morph";
import { morph, parseSource } from "./syntax";

type Tag = Morph.JsxOpeningElement | Morph.JsxSelfClosingElement;

/** What a provider of an app is called. */
export const providerNames = {
  offline: /^OfflineProvider$/,
  convex: /^Convex\w*Provider(?:With\w+)?$/,
} as const;

/** The tags below a node whose component has such a name. */
export function tagsNamed(within: Morph.Node, name: RegExp): readonly Tag[] {
  const { SyntaxKind } = morph();
  return [
    ...within.getDescendantsOfKind(SyntaxKind.JsxOpeningElement),
    ...within.getDescendantsOfKind(SyntaxKind.JsxSelfClosingElement),
  ].filter((tag) => name.test(tag.getTagNameNode().getText()));
}

/** Whether a file renders a component of such a name: what stands in a string or a comment is not rendered. */
export function rendersTag(path: string, text: string, name: RegExp): boolean {
  // Parsing is dear, and most files do not so much as mention it.
  const mentioned = [...text.matchAll(/<\s*(\w+)/g)].some(([, tag = ""]) => name.test(tag));
  const parsed = mentioned ? parseSource(path, text.replace(/^\uFEFF/, "")) : undefined;
  return parsed !== undefined && tagsNamed(parsed.source, name).length > 0;
}
