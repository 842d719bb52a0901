declare const brand: unique symbol

/** A nominal type over `T`: values of different brands do not mix, at no cost at run time. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
