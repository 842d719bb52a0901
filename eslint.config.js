import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

export default ts.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'public/',
      'conformance/',
      'lessons/**/program.ts',
      'lessons/**/solution.ts',
      'src/testing/printed/*/program.ts',
    ],
  },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Nested types of Java (`ProcessFunction.Context`) are namespaces here; they hold types alone.
      '@typescript-eslint/no-namespace': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': 'off',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    // `let { … } = $props()` is how Svelte writes props.
    rules: { 'prefer-const': 'off', 'svelte/prefer-svelte-reactivity': 'off', 'svelte/no-unused-svelte-ignore': 'off' },
  },
  {
    // A trace must be the same bytes in every engine: nothing here may read a clock, chance, or functions that differ between engines.
    files: ['src/{base,core,kernel,graph,streaming,runtime}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...[
          'random',
          'exp',
          'log',
          'log2',
          'log10',
          'pow',
          'sin',
          'cos',
          'tan',
          'atan',
          'atan2',
          'cbrt',
          'sinh',
          'cosh',
          'tanh',
          'expm1',
          'log1p',
        ].map((property) => ({
          object: 'Math',
          property,
          message: 'Not the same in every engine or run.',
        })),
        { object: 'Date', property: 'now', message: 'Virtual time only.' },
        { object: 'performance', property: 'now', message: 'Virtual time only.' },
      ],
    },
  },
)
