import { mount } from 'svelte'
import App from './App.svelte'
import './components/theme.css'
import { Desk } from './page/desk.svelte'
import { arrive } from './page/arrive'
import { services, warmUp } from './page/services'
import { Shelf } from './page/shelf.svelte'
import { newScenario } from './scenario/defaults'
import { Session } from './session/session.svelte'

const session = new Session(newScenario(), services)
const shelf = new Shelf((problem) => {
  session.runner.problems =
    problem === null ? session.runner.problems.filter(({ code }) => !code.startsWith('storage')) : [...session.runner.problems, problem]
})
const desk = new Desk(session)
mount(App, { target: document.getElementById('app')!, props: { session, shelf, desk } })
warmUp()
void arrive(session, shelf, desk)
