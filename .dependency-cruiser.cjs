/** Who may import whom (docs/architecture.md). Every rule is an error. */
const SOURCE = '^(src|analytics|migrations)/';

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'analytics-imports-nothing-outside',
      comment: 'The arithmetic knows neither the service nor a library; only frames may use danfojs.',
      severity: 'error',
      from: { path: '^analytics/(kernel|synergy|factors|report)/' },
      to: { pathNot: '^analytics/(kernel|synergy|factors|report)/' },
    },
    {
      name: 'frames-import-danfojs-alone',
      severity: 'error',
      from: { path: '^analytics/frames/' },
      to: { pathNot: '^(analytics/|node_modules/danfojs-node/)' },
    },
    {
      name: 'danfojs-only-in-frames',
      severity: 'error',
      from: { pathNot: '^analytics/frames/' },
      to: { path: '^node_modules/danfojs-node/' },
    },
    {
      name: 'platform-knows-no-business',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^(src/modules|src/commands|analytics)/' },
    },
    {
      name: 'modules-by-their-door',
      comment: 'A module reaches another only through its index.ts; rules and offline are plain libraries of files.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: {
        path: '^src/modules/(?!rules/)([^/]+)/',
        pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'],
      },
    },
    {
      name: 'db-below-app-below-http',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/db/' },
      to: { path: '^src/modules/[^/]+/(http)/', pathNot: 'index\\.ts$' },
    },
    {
      name: 'app-below-http',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/app/' },
      to: { path: '^src/modules/[^/]+/http/' },
    },
    {
      name: 'migrations-are-self-contained',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(src|analytics)/' },
    },
    {
      name: 'composition-root-is-the-top',
      severity: 'error',
      from: { path: '^src/(modules|platform)/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'no-dev-dependencies-in-the-service',
      severity: 'error',
      from: { path: SOURCE },
      to: { dependencyTypes: ['npm-dev'], pathNot: '@types/' },
    },
    {
      name: 'no-unlisted-packages',
      comment: 'A property named `import` or `from` shows up as a dependency on ✖.',
      severity: 'error',
      from: { path: SOURCE },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'], pathNot: '^✖$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
