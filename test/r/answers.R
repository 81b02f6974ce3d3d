# Samples and what R's survey package makes of them, for compare.sql.
#
# Usage: Rscript answers.R DIRECTORY SEED
#
# The samples are the package's own api data and random designs. Writes
#   respondent.csv  one row a respondent of a sample; see the columns below
#   target.csv      sample, margin, category, total: targets of calibration
#   answer.csv      sample, case, stat, value
suppressMessages(library(survey))
options(digits = 17, survey.lonely.psu = "fail")

arguments <- commandArgs(trailingOnly = TRUE)
directory <- arguments[1]
set.seed(as.integer(arguments[2]))

# All samples have these columns; g is a domain, a and b are margins.
columns <- c("sample", "respondent", "stratum", "psu", "ssu", "psus_population",
	"ssus_population", "weight", "g", "a", "b", "y", "x", "z", "q1", "q2", "q3", "brr", "bootstrap")

samples <- list()
targets <- list()
answers <- list()

# What R does not know, as an end of an interval beyond the data, is left out.
answer <- function(sample, case, ...)
{
	stats <- Filter(Negate(is.na), list(...))
	answers[[length(answers) + 1]] <<- data.frame(sample = sample, case = case,
		stat = names(stats), value = as.numeric(unlist(stats)))
}

estimate <- function(sample, case, result)
	answer(sample, case, estimate = coef(result)[[1]], se = as.numeric(SE(result))[1])

# Plain designs: estimates and those of domains.
ask_estimates <- function(sample, design)
{
	estimate(sample, "mean", svymean(~y, design, na.rm = TRUE))
	estimate(sample, "total", svytotal(~y, design, na.rm = TRUE))
	estimate(sample, "ratio", svyratio(~y, ~x, design, na.rm = TRUE))
	answer(sample, "mean", deff = deff(svymean(~y, design, na.rm = TRUE, deff = TRUE))[[1]])
	answer(sample, "alpha", estimate = svycralpha(~q1 + q2 + q3, design, na.rm = TRUE))
	for (g in unique(design$variables$g))
	{
		domain <- design[design$variables$g == g, ]
		result <- svymean(~y, domain, na.rm = TRUE)
		estimate(sample, paste("mean of", g), result)
		answered <- domain[!is.na(domain$variables$y), ]
		answer(sample, paste("mean of", g), df = degf(answered),
			ci_low = confint(result, df = degf(answered))[1])
	}
}

ask_shares <- function(sample, design)
{
	answered <- design[!is.na(design$variables$y), ]
	for (method in c("logit", "xlogit", "asin", "beta", "mean"))
	{
		result <- svyciprop(~I(y > x), answered, method = method, df = degf(answered))
		answer(sample, paste("share by", method), ci_low = confint(result)[1], ci_high = confint(result)[2])
	}
	estimate(sample, "share by logit", svymean(~as.numeric(y > x), answered))
}

# Quantiles close to an end are left out: version 4.1 errs below the first value.
ask_quantiles <- function(sample, design, variable, rules)
{
	answered <- design[!is.na(design$variables[[variable]]), ]
	for (p in c(0.25, 0.5, 0.75))
		for (rule in rules)
		{
			result <- svyquantile(as.formula(paste0("~", variable)), answered, p, qrule = rule)[[1]]
			answer(sample, paste("quantile", variable, p, rule), estimate = result[1, "quantile"],
				ci_low = result[1, 2], ci_high = result[1, 3], se = result[1, "se"])
		}
}

# Targets that a population might have: those of the weights, a little off.
margin <- function(sample, design, name)
{
	sums <- tapply(weights(design), design$variables[[name]], sum)
	sums <- sums * runif(length(sums), 0.9, 1.1)
	sums <- sums / sum(sums) * round(sum(weights(design)))
	targets[[length(targets) + 1]] <<- data.frame(sample = sample, margin = name,
		category = names(sums), total = as.vector(sums))
	setNames(data.frame(names(sums), as.vector(sums)), c(name, "Freq"))
}

ask_calibration <- function(sample, design)
{
	a <- margin(sample, design, "a")
	b <- margin(sample, design, "b")
	estimate(sample, "post_stratify", svymean(~y, postStratify(design, ~a, a), na.rm = TRUE))
	exactly <- list(maxit = 1000, epsilon = 1e-14)
	estimate(sample, "rake", svymean(~y, rake(design, list(~a, ~b), list(a, b), control = exactly), na.rm = TRUE))
	# Each replicate raked.
	jackknife <- as.svrepdesign(design, type = if (design$has.strata) "JKn" else "JK1", compress = FALSE)
	if (ncol(weights(jackknife)) < 100)
		estimate(sample, "jackknife, raked", svymean(~y,
			rake(jackknife, list(~a, ~b), list(a, b), control = exactly), na.rm = TRUE))
	# Against the first category of each margin.
	totals <- c(sum(a$Freq), a$Freq[-1], b$Freq[-1])
	names(totals) <- c("(Intercept)", paste0("a", a$a[-1]), paste0("b", b$b[-1]))
	linear <- calibrate(design, ~a + b, totals)
	logit <- calibrate(design, ~a + b, totals, bounds = c(0.4, 2.5), calfun = "logit", epsilon = 1e-13)
	estimate(sample, "linear", svymean(~y, linear, na.rm = TRUE))
	estimate(sample, "linear total", svytotal(~y, linear, na.rm = TRUE))
	estimate(sample, "logit", svymean(~y, logit, na.rm = TRUE))
	answer(sample, "trim", estimate = sum(weights(trimWeights(design,
		upper = quantile(weights(design), 0.9)[[1]]))^2))
}

as_array <- function(weights)
	apply(weights, 1, function(w) paste0("{", paste(format(w, digits = 17, trim = TRUE), collapse = ","), "}"))

ask_replicates <- function(sample, design)
{
	type <- if (design$has.strata) "JKn" else "JK1"
	jackknife <- as.svrepdesign(design, type = type)
	estimate(sample, "jackknife", svymean(~y, jackknife, na.rm = TRUE))
	estimate(sample, "jackknife total", svytotal(~y, jackknife, na.rm = TRUE))
	estimate(sample, "jackknife mse", svymean(~y, as.svrepdesign(design, type = type, mse = TRUE), na.rm = TRUE))
	answer(sample, "jackknife", df = degf(jackknife))
	for (g in unique(design$variables$g))
		estimate(sample, paste("jackknife of", g),
			svymean(~y, jackknife[jackknife$variables$g == g, ], na.rm = TRUE))
}

# Two PSUs a stratum: half-samples, and a bootstrap by the weights that R drew.
ask_paired <- function(sample, design)
{
	brr <- as.svrepdesign(design, type = "BRR")
	fay <- as.svrepdesign(design, type = "Fay", fay.rho = 0.3)
	bootstrap <- as.svrepdesign(design, type = "subbootstrap", replicates = 50)
	estimate(sample, "BRR, given", svymean(~y, brr, na.rm = TRUE))
	answer(sample, "BRR, given", df = degf(brr))
	estimate(sample, "BRR total", svytotal(~y, brr, na.rm = TRUE))
	estimate(sample, "Fay total", svytotal(~y, fay, na.rm = TRUE))
	estimate(sample, "bootstrap, given", svymean(~y, bootstrap, na.rm = TRUE))
	samples[[length(samples)]]$brr <<- as_array(weights(brr, type = "analysis"))
	samples[[length(samples)]]$bootstrap <<- as_array(weights(bootstrap, type = "analysis"))
}

add_sample <- function(sample, data)
{
	data$sample <- sample
	data$respondent <- seq_len(nrow(data))
	for (missing in setdiff(columns, names(data)))
		data[[missing]] <- NA
	samples[[length(samples) + 1]] <<- data[columns]
}

# ------------------------------------------------------ the package's samples --

data(api)

api_columns <- function(data)
{
	data$y <- data$api00
	data$x <- data$api99
	data$g <- as.character(data$awards)
	data$a <- as.character(data$stype)
	data$b <- as.character(data$comp.imp)
	data$q1 <- data$meals
	data$q2 <- data$ell
	data$q3 <- data$mobility
	data$weight <- data$pw
	data
}

strat <- api_columns(apistrat)
strat$stratum <- as.integer(strat$stype)
strat$psu <- seq_len(nrow(strat))
strat$psus_population <- strat$fpc
add_sample("apistrat", strat)
design <- svydesign(id = ~1, strata = ~stratum, weights = ~weight, fpc = ~fpc, data = strat)
ask_estimates("apistrat", design)
ask_shares("apistrat", design)
ask_quantiles("apistrat", design, "y", c("math", "school"))
ask_calibration("apistrat", design)
ask_replicates("apistrat", design)

clus1 <- api_columns(apiclus1)
clus1$stratum <- 1
clus1$psu <- clus1$dnum
clus1$psus_population <- clus1$fpc
add_sample("apiclus1", clus1)
design <- svydesign(id = ~dnum, weights = ~weight, fpc = ~fpc, data = clus1)
ask_estimates("apiclus1", design)
ask_shares("apiclus1", design)
ask_quantiles("apiclus1", design, "y", c("math", "school"))
ask_calibration("apiclus1", design)
ask_replicates("apiclus1", design)

clus2 <- api_columns(apiclus2)
clus2$stratum <- 1
clus2$psu <- clus2$dnum
clus2$ssu <- clus2$snum
clus2$psus_population <- clus2$fpc1
clus2$ssus_population <- clus2$fpc2
add_sample("apiclus2", clus2)
design <- svydesign(id = ~dnum + snum, weights = ~weight, fpc = ~fpc1 + fpc2, data = clus2)
ask_estimates("apiclus2", design)
ask_shares("apiclus2", design)

# ------------------------------------------------------------ random designs --

# Strata of `psus` PSUs; respondents of one PSU are alike, weights vary.
random_sample <- function(strata, psus, finite)
{
	psu <- data.frame(stratum = rep(seq_len(strata), psus))
	psu$psu <- sample(1e6, nrow(psu))
	psu$effect <- rnorm(nrow(psu))
	# Some strata are drawn whole, but not all.
	left <- c(sample(20, 1), sample(0:20, strata - 1, replace = TRUE))
	psu$psus_population <- if (finite) rep(psus + left, psus) else NA
	data <- psu[rep(seq_len(nrow(psu)), sample(6:20, nrow(psu), replace = TRUE)), ]
	n <- nrow(data)
	data$weight <- round(exp(rnorm(n, 3, 0.5)), 2)
	data$g <- sample(c("north", "south", "west"), n, replace = TRUE)
	data$a <- sample(c("young", "middle", "old"), n, replace = TRUE)
	data$b <- sample(c("f", "m"), n, replace = TRUE)
	data$y <- round(100 + 10 * data$effect + rnorm(n, 0, 15), 2)
	data$y[sample(n, n %/% 20)] <- NA
	data$x <- round(50 + 0.3 * ifelse(is.na(data$y), 100, data$y) + rnorm(n, 0, 5), 2)
	data$z <- rexp(n)
	mood <- rnorm(n)
	for (q in c("q1", "q2", "q3"))
		data[[q]] <- pmin(5, pmax(1, round(3 + mood + rnorm(n))))
	data$q2[sample(n, n %/% 30)] <- NA
	data
}

for (i in 1:12)
{
	name <- paste("random", i)
	strata <- sample(2:8, 1)
	finite <- i %% 2 == 0
	data <- random_sample(strata, sample(3:9, strata, replace = TRUE), finite)
	add_sample(name, data)
	design <- if (finite) svydesign(id = ~psu, strata = ~stratum, weights = ~weight, fpc = ~psus_population, data = data, nest = TRUE)
		else svydesign(id = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
	ask_estimates(name, design)
	ask_shares(name, design)
	ask_quantiles(name, design, "y", c("math", "school"))
	# Of tied values the last one's weight matters, and R has them as they come.
	ask_quantiles(name, design, "z", "hf7")
	ask_calibration(name, design)
	ask_replicates(name, design)
}

for (i in 1:6)
{
	name <- paste("paired", i)
	strata <- sample(3:20, 1)
	data <- random_sample(strata, rep(2, strata), FALSE)
	add_sample(name, data)
	ask_paired(name, svydesign(id = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE))
}

write_table <- function(rows, name)
	write.csv(do.call(rbind, rows), file.path(directory, name), row.names = FALSE, na = "")

write_table(samples, "respondent.csv")
write_table(targets, "target.csv")
write_table(answers, "answer.csv")
cat(sprintf("R %s.%s, survey %s\n", R.version$major, R.version$minor, packageVersion("survey")))
