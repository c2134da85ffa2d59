import { z } from 'zod'

/** Words that make an e-mail address or the name of a contact an office's: French, English, Spanish, Arabic. */
const officeWords =
  `contact contacts contacto info infos information informations inform accueil reception hello bonjour admin administration administrator administrateur webmaster postmaster
  support help helpdesk aide assistance data donnees opendata open odp datos stat stats statistique statistiques statistics sig gis geo geoportail geoportal portail portal catalogue catalog
  service services servicio direction directions direccion division departement department departamento dept bureau office oficina unit unite cellule cell equipe team secretariat secretariado cabinet
  ministere ministry ministerio agence agency agencia region province prefecture commune mairie ville city communication com press presse dsi it si informatique dpo rgpd gdpr cndp ouverture
  noreply reply mail email courrier bo centre center observatoire observatory institut institute inventaire metadata metadonnees
  مديرية قسم مصلحة مكتب وزارة وكالة جماعة عمالة إقليم جهة المديرية القسم المصلحة المكتب الوزارة الوكالة الجماعة مركز المركز معهد المعهد اتصال معلومات بيانات خدمة`.split(
    /\s+/,
  )

/** Hosts where people, not offices, have their addresses. */
const freeHosts =
  `gmail.com googlemail.com hotmail.com hotmail.fr hotmail.es outlook.com outlook.fr live.com live.fr live.ma msn.com yahoo.com yahoo.fr yahoo.co.uk yahoo.es ymail.com icloud.com me.com mac.com
  aol.com gmx.com gmx.de gmx.fr gmx.net web.de mail.com mail.ru yandex.com yandex.ru proton.me protonmail.com free.fr orange.fr wanadoo.fr laposte.net sfr.fr menara.ma`.split(
    /\s+/,
  )

const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text)
  } catch {
    context.addIssue({ code: 'custom', message: `expected a regular expression such as "^(\\\\+212|0)[67]\\\\d{8}$"` })
    return z.NEVER
  }
})

/** What is done about people's addresses and telephones in records; nothing where the key is absent or `replacePersonal` is false. */
export const contacts = z.strictObject({
  replacePersonal: z.boolean(),
  functional: z.email('expected an e-mail address such as opendata@example.ma').optional(),
  officeWords: z
    .array(z.string().min(1))
    .default([])
    .transform(more => [...officeWords, ...more]),
  freeHosts: z
    .array(z.string().min(3))
    .default([])
    .transform(more => [...freeHosts, ...more]),
  mobile: z.array(pattern).default([]),
})
