/**
 * All doors in one text, for the page: most of their code is the same, so it is fetched once. Whoever starts the worker says in its
 * name which door it is; the others' modules are not evaluated.
 */
const doors: Readonly<Record<string, () => Promise<unknown>>> = {
  client: () => import('./client'),
  jobmanager: () => import('./jobmanager'),
  taskmanager: () => import('./taskmanager'),
  cluster: () => import('./cluster'),
}
void doors[self.name.split(' ')[0]!]!()
